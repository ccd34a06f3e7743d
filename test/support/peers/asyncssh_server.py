"""An SSH server of another making for the tests: host key, authorized_keys, port."""
import asyncio
import sys

import asyncssh


async def shell(process):
    process.stdout.write("peer> ")
    line = await process.stdin.readline()
    process.stdout.write("heard " + line)
    process.exit(5)


async def main():
    host_key, authorized_keys, port = sys.argv[1:4]
    await asyncssh.listen(
        "127.0.0.1",
        int(port),
        server_host_keys=[host_key],
        authorized_client_keys=authorized_keys,
        process_factory=shell,
        sftp_factory=asyncssh.SFTPServer,
    )
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
