"""`python -m fairweather.cli`."""

from fairweather.cli import main

main()
