"""An SSH server of another making that asks: host key, port. User `ann` has the password `right`, `old` has to change it first (to
something with eight letters or more), `both` is asked a password and then a one-time code."""
import asyncio
import sys

import asyncssh

passwords = {"ann": "right", "old": "right"}


class Logins(asyncssh.SSHServer):
    def begin_auth(self, username):
        return True

    def password_auth_supported(self):
        return True

    def kbdint_auth_supported(self):
        return True

    def validate_password(self, username, password):
        if passwords.get(username) != password:
            return False
        if username == "old" and password == "right":
            raise asyncssh.PasswordChangeRequired("Your password has expired.")
        return True

    def change_password(self, username, old_password, new_password):
        if passwords.get(username) != old_password:
            return False
        if len(new_password) < 8:
            raise asyncssh.PasswordChangeRequired("Too short.")
        passwords[username] = new_password
        return True

    def get_kbdint_challenge(self, username, lang, submethods):
        self.step = 0
        return ("First", "Who are you?", "", [("Password: ", False)]) if username == "both" else False

    def validate_kbdint_response(self, username, responses):
        self.step += 1
        if self.step == 1:
            return responses == ["right"] and ("Second", "", "", [("Code: ", True), ("Place: ", True)])
        if self.step == 2:
            # A message without a question, as PAM sends one.
            return responses == ["123456", "here"] and ("", "Welcome", "", [])
        return True


def shell(process):
    process.stdout.write("in\n")
    process.exit(0)


async def main():
    await asyncssh.listen(
        "127.0.0.1", int(sys.argv[2]), server_host_keys=[sys.argv[1]], server_factory=Logins, process_factory=shell
    )
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
