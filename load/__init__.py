"""The store: schema, migrations, ledger of runs, export."""
