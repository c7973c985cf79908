"""The first schema: sources, events, documents, figures, acts and the ledger."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.DATE().with_variant(sa.Text(), "sqlite")
INSTANT = TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "chain",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("parallel", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("issuer_words", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("compiled_from", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_chain"),
        sa.UniqueConstraint("id", name="uq_chain_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_chain_issuer", "chain", ["issuer"], unique=False)

    op.create_table(
        "definition",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("core", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("affiliation", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("age", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("subgroup", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("directness", sa.Text(), nullable=True),
        sa.Column("counted_by", sa.Text(), nullable=True),
        sa.Column("includes", sa.Text(), nullable=False),
        sa.Column("excludes", sa.Text(), nullable=False),
        sa.Column("tally", sa.Text(), nullable=False),
        sa.Column("since", DAY, nullable=True),
        sa.Column("until", DAY, nullable=True),
        sa.Column("hours", NUMBER, nullable=True),
        sa.CheckConstraint("age IN ('child', 'adult', 'elderly')", name=op.f("ck_definition_age_word")),
        sa.CheckConstraint(
            "basis IN ('reported', 'bodies', 'identified', 'verified', 'certified', 'estimated', 'excess')",
            name=op.f("ck_definition_basis_word"),
        ),
        sa.CheckConstraint(
            "condition IN ('alive', 'dead', 'presumed_dead', 'critical', 'unidentified')",
            name=op.f("ck_definition_condition_word"),
        ),
        sa.CheckConstraint(
            "counted_by IN ('occurrence', 'registration', 'recovery')", name=op.f("ck_definition_counted_by_word")
        ),
        sa.CheckConstraint("directness IN ('direct', 'indirect', 'both')", name=op.f("ck_definition_directness_word")),
        sa.CheckConstraint(
            "outcome IN ('killed', 'injured', 'killed_or_injured', 'casualties', 'losses', 'missing', 'captured', 'held', 'released', 'detained', 'displaced', 'hospitalised', 'killed_or_missing', 'missing_or_captured', 'killed_or_captured')",
            name=op.f("ck_definition_outcome_word"),
        ),
        sa.CheckConstraint("sex IN ('female', 'male')", name=op.f("ck_definition_sex_word")),
        sa.CheckConstraint(
            "status IN ('civilian', 'combatant', 'soldier', 'police', 'journalist', 'media_worker', 'aid_worker', 'health_worker', 'civil_defence_worker', 'aid_seeker', 'hostage', 'prisoner')",
            name=op.f("ck_definition_status_word"),
        ),
        sa.CheckConstraint("subgroup IN ('women_and_children')", name=op.f("ck_definition_subgroup_word")),
        sa.CheckConstraint(
            "tally IN ('cumulative', 'incident', 'period', 'added', 'stock', 'rate', 'unstated')",
            name=op.f("ck_definition_tally_word"),
        ),
        sa.CheckConstraint("unit IN ('person', 'household')", name=op.f("ck_definition_unit_word")),
        sa.PrimaryKeyConstraint("key", name="pk_definition"),
        sa.UniqueConstraint("id", name="uq_definition_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_definition_core", "definition", ["core"], unique=False)

    op.create_table(
        "entry",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_entry"),
        sqlite_strict=True,
    )
    op.create_table(
        "ledger_head",
        sa.Column("one", NUMBER, autoincrement=False, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.CheckConstraint("one = 1", name=op.f("ck_ledger_head_single")),
        sa.PrimaryKeyConstraint("one", name="pk_ledger_head"),
        sqlite_strict=True,
    )
    op.create_table(
        "node",
        sa.Column("level", NUMBER, autoincrement=False, nullable=False),
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name="pk_node"),
        sqlite_strict=True,
    )
    op.create_table(
        "text",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_text"),
        sqlite_strict=True,
    )
    op.create_table(
        "act",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("figure_id", sa.LargeBinary(), nullable=True),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("by_whom", sa.Text(), nullable=True),
        sa.Column("on_day", DAY, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_act_entry"),
        sa.PrimaryKeyConstraint("key", name="pk_act"),
        sa.UniqueConstraint("id", name="uq_act_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_act_figure_id", "act", ["figure_id"], unique=False)

    op.create_table(
        "authority",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_day", DAY, nullable=True),
        sa.Column("entry", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_authority_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_authority"),
        sqlite_strict=True,
    )
    op.create_table(
        "event",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("within", NUMBER, nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("from_day", DAY, nullable=True),
        sa.Column("to_day", DAY, nullable=True),
        sa.Column("entry", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_event_entry"),
        sa.ForeignKeyConstraint(["within"], ["event.key"], name="fk_event_within"),
        sa.PrimaryKeyConstraint("key", name="pk_event"),
        sa.UniqueConstraint("id", name="uq_event_id"),
        sa.UniqueConstraint("name", name="uq_event_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "held",
        sa.Column("figure_id", sa.LargeBinary(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_held_entry"),
        sa.PrimaryKeyConstraint("figure_id", name="pk_held"),
        sqlite_strict=True,
    )
    op.create_table(
        "method",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("from_day", DAY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("usual", sa.Text(), nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_method_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_method"),
        sqlite_strict=True,
    )
    op.create_index("ix_method_source", "method", ["source"], unique=False)

    op.create_table(
        "source",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("entry", NUMBER, nullable=False),
        sa.CheckConstraint(
            "kind IN ('health_ministry', 'ministry', 'military', 'government_office', 'intelligence_agency', 'police', 'civil_defence', 'armed_group', 'un_body', 'intergovernmental', 'ngo', 'red_cross_red_crescent', 'monitor', 'hospital', 'wire', 'newspaper', 'broadcaster', 'news_site', 'magazine', 'dataset', 'researcher', 'university', 'think_tank', 'person', 'project', 'other')",
            name=op.f("ck_source_kind_word"),
        ),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_source_entry"),
        sa.PrimaryKeyConstraint("key", name="pk_source"),
        sa.UniqueConstraint("id", name="uq_source_id"),
        sa.UniqueConstraint("name", name="uq_source_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "source_link",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("from_day", DAY, nullable=True),
        sa.Column("to_day", DAY, nullable=True),
        sa.Column("entry", NUMBER, nullable=False),
        sa.CheckConstraint("kind IN ('speaks_for', 'part_of', 'same_as')", name=op.f("ck_source_link_kind_word")),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_source_link_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_source_link"),
        sqlite_strict=True,
    )
    op.create_table(
        "document",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("publisher", NUMBER, nullable=True),
        sa.Column("published", DAY, nullable=True),
        sa.Column("bytes_sha256", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["publisher"], ["source.key"], name="fk_document_publisher"),
        sa.PrimaryKeyConstraint("key", name="pk_document"),
        sa.UniqueConstraint("id", name="uq_document_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_document_publisher", "document", ["publisher"], unique=False)

    op.create_table(
        "event_alias",
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_event_alias_entry"),
        sa.ForeignKeyConstraint(["event"], ["event.key"], name="fk_event_alias_event"),
        sa.PrimaryKeyConstraint("event", "name", name="pk_event_alias"),
        sqlite_strict=True,
    )
    op.create_table(
        "source_alias",
        sa.Column("source", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_source_alias_entry"),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_source_alias_source"),
        sa.PrimaryKeyConstraint("source", "name", "language", name="pk_source_alias"),
        sqlite_strict=True,
    )
    op.create_table(
        "snapshot",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("retrieved_at", INSTANT, nullable=False),
        sa.Column("status", NUMBER, nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("warc_file", sa.Text(), nullable=False),
        sa.Column("warc_offset", NUMBER, nullable=False),
        sa.Column("warc_length", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_snapshot_document"),
        sa.PrimaryKeyConstraint("key", name="pk_snapshot"),
        sa.UniqueConstraint("document", "sha256", name="uq_snapshot_document_sha256"),
        sqlite_strict=True,
    )
    op.create_table(
        "reading",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("snapshot", NUMBER, nullable=False),
        sa.Column("text_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("published", DAY, nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshot.key"], name="fk_reading_snapshot"),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name="fk_reading_text_sha256"),
        sa.PrimaryKeyConstraint("key", name="pk_reading"),
        sa.UniqueConstraint("snapshot", "reader_version", name="uq_reading_snapshot_reader_version"),
        sqlite_strict=True,
    )
    op.create_table(
        "figure",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("definition", NUMBER, nullable=False),
        sa.Column("chain", NUMBER, nullable=False),
        sa.Column("authority", NUMBER, nullable=True),
        sa.Column("event", NUMBER, nullable=True),
        sa.Column("low", NUMBER, nullable=True),
        sa.Column("best", NUMBER, nullable=True),
        sa.Column("high", NUMBER, nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_share", NUMBER, nullable=False),
        sa.Column("share_of", sa.LargeBinary(), nullable=True),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("as_of", DAY, nullable=True),
        sa.Column("as_of_time", sa.Text(), nullable=True),
        sa.Column("as_of_basis", sa.Text(), nullable=True),
        sa.Column("published", DAY, nullable=True),
        sa.Column("from_day", DAY, nullable=True),
        sa.Column("to_day", DAY, nullable=True),
        sa.Column("part_of", sa.LargeBinary(), nullable=True),
        sa.Column("earlier_value_of", sa.LargeBinary(), nullable=True),
        sa.Column("doubts", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("start_at", NUMBER, nullable=True),
        sa.Column("end_at", NUMBER, nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("row_key", sa.Text(), nullable=True),
        sa.Column("nth", NUMBER, nullable=False),
        sa.CheckConstraint("(as_of IS NULL) = (as_of_basis IS NULL)", name=op.f("ck_figure_as_of_has_basis")),
        sa.CheckConstraint("low >= 0 AND best >= 0 AND high >= 0", name=op.f("ck_figure_counts_people")),
        sa.PrimaryKeyConstraint("key", name="pk_figure"),
        sa.UniqueConstraint("id", name="uq_figure_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_figure_document", "figure", ["document"], unique=False)
    op.create_index(
        "ix_figure_series", "figure", ["definition", "as_of", "authority", "low", "best", "high"], unique=False
    )

    op.create_table(
        "sighting",
        sa.Column("figure_id", sa.LargeBinary(), nullable=False),
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("start_at", NUMBER, nullable=True),
        sa.Column("end_at", NUMBER, nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_sighting_entry"),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name="fk_sighting_reading"),
        sa.PrimaryKeyConstraint("figure_id", "reading", name="pk_sighting"),
        sqlite_strict=True,
    )
    op.create_index("ix_sighting_reading", "sighting", ["reading"], unique=False)
    op.create_index("ix_figure_number", "figure", [sa.text("coalesce(best, low, high)"), "definition"], unique=False)
    op.execute("INSERT INTO ledger_head (one, size) VALUES (1, 0)")
