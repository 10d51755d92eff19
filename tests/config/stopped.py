"""A command that is interrupted at a known place: where Ctrl-C falls in a real one is chance."""

import click


@click.command
def command():
    raise KeyboardInterrupt
