"""An SSH server of another making for the tests: host key, authorized_keys, port."""
import socket
import sys
import threading

import paramiko

host_key_file, authorized_keys_file, port = sys.argv[1:4]
host_key = paramiko.Ed25519Key(filename=host_key_file)
with open(authorized_keys_file) as file:
    authorized = [line.split()[1] for line in file if line.strip()]


class Server(paramiko.ServerInterface):
    def check_auth_publickey(self, username, key):
        return paramiko.AUTH_SUCCESSFUL if key.get_base64() in authorized else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username):
        return "publickey"

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED if kind == "session" else paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED

    def check_channel_pty_request(self, *args):
        return True

    def check_channel_shell_request(self, channel):
        threading.Thread(target=shell, args=(channel,), daemon=True).start()
        return True


def shell(channel):
    channel.sendall("peer> ")
    line = channel.makefile().readline()
    channel.sendall("heard " + line)
    channel.send_exit_status(5)
    channel.close()


def serve(client):
    transport = paramiko.Transport(client)
    transport.add_server_key(host_key)
    transport.start_server(server=Server())


listener = socket.create_server(("127.0.0.1", int(port)))
print("ready", flush=True)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
