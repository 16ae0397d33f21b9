"""Database-level guarantees that no code path can forget."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

# TRUNCATE has no rows to look at, and Django's TransactionTestCase empties tables with it. Only test settings set this
# (connection OPTIONS `-c qinghuan.allow_truncate=on`); everywhere else it is unset and TRUNCATE is refused.
ALLOW_TRUNCATE = "qinghuan.allow_truncate"

_CREATE = """
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('{setting}', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'table % is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER {row} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER {statement} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
_DROP = """
DROP TRIGGER {row} ON {table};
DROP TRIGGER {statement} ON {table};
DROP FUNCTION {function}();
"""


class AppendOnly(Operation):
    """Make the database refuse UPDATE, DELETE and TRUNCATE on `table`, whoever asks. Reversible.

    Refusal reaches Django as `IntegrityError`. Place it after the `CreateModel` of the table, in the same migration.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Create the function and both triggers."""
        schema_editor.execute(_CREATE.format(**self._names(schema_editor)), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop them."""
        schema_editor.execute(_DROP.format(**self._names(schema_editor)), params=None)

    def describe(self) -> str:
        """For `migrate --plan`."""
        return f"Make {self.table} append-only"

    @property
    def migration_name_fragment(self) -> str:
        """For the name of a generated migration."""
        return f"{self.table}_append_only"

    def _names(self, schema_editor: Any) -> dict[str, str]:
        quote = schema_editor.quote_name
        return {
            "table": quote(self.table),
            "function": quote(f"{self.table}_append_only"),
            "row": quote(f"{self.table}_no_change"),
            "statement": quote(f"{self.table}_no_truncate"),
            "setting": ALLOW_TRUNCATE,
        }
