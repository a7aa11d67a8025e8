"""`python -m volunteer_cli`."""

from volunteer_cli.app import main

main()
