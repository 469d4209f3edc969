"""Learn the acts of every language from its examples and write the weights: `python -m training`."""

from training.examples import LANGUAGES, digest, read_file
from training.fit import answers, fit, rows_of
from training.writing import folder, written


def main() -> None:
    """Write the weights of every language."""
    for language in LANGUAGES:
        examples = read_file(language)
        fitted = fit(rows_of(examples), answers(examples))
        data = written(fitted, digest(language))
        (folder() / f"{language}.bin").write_bytes(data)
        print(f"{language}: {len(examples)} examples, {len(data) / 1024:.0f} KB", flush=True)


if __name__ == "__main__":
    main()
