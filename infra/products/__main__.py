"""Write the table of product names anew: `python -m infra.products LIST.csv`."""

import sys
from pathlib import Path

from infra.products.generate import module_of, products_in

TABLE = Path(__file__).parents[2] / "shared" / "domain" / "licensing" / "products.py"


def main(arguments: list[str]) -> int:
    """0 written, 2 no list named."""
    if len(arguments) != 1:
        print("name the list: python -m infra.products LIST.csv")
        return 2
    # Microsoft's file is Windows-1252, with a byte order mark of UTF-8 in some months.
    raw = Path(arguments[0]).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    products = products_in(text)
    TABLE.write_text(module_of(products), encoding="utf-8")
    print(f"{len(products)} products in {TABLE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
