/** At https://git.practice.example/<name>.git: small web servers that need nothing but Python. */
export const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'hello-web': { 'app.py': server('0.0.0.0'), 'README.md': '# hello-web\n\nA page on port 5000.\n' },
  // The commonest mistake: it listens where nobody else can come.
  'hello-local': { 'app.py': server('127.0.0.1'), 'README.md': '# hello-local\n\nA page on port 5000, for this machine alone.\n' },
}

function server(address: string): string {
  return `import os
from wsgiref.simple_server import WSGIServer, make_server


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    greeting = os.environ.get("GREETING", "Hello")
    return [f"<!doctype html><title>{greeting}</title><h1>{greeting} from the practice cloud</h1>".encode()]


class ThisComputerOnly(WSGIServer):
    # A practice machine is a folder of your own computer: what comes from another one is not answered.
    def verify_request(self, request, client_address):
        return client_address[0].startswith("127.") or client_address[0] == request.getsockname()[0]


if __name__ == "__main__":
    port = int(os.environ.get("PORT", "5000"))
    with make_server("${address}", port, app, ThisComputerOnly) as server:
        print(f"Serving on ${address}:{port}", flush=True)
        server.serve_forever()
`
}
