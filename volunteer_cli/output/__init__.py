"""Records to rows to table, csv, json, xlsx, html …, from one declaration of columns; knows no area."""
