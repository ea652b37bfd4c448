-- The invoicing system's tables, in the part of SQL that PostgreSQL 15 (production) and SQLite 3.40
-- (a laptop, a unit test) read alike.
--
-- Ids are UUIDv7 with a prefix, made by the application: they sort by time, are known before the
-- insert, and two regions never make the same one. Amounts are BIGINT minor units. Times are
-- TIMESTAMPTZ in UTC.

CREATE TABLE accounts (
    id                  TEXT PRIMARY KEY,
    name                TEXT NOT NULL,
    home_region         TEXT NOT NULL,
    -- The counter of invoice numbers. A sequence would leave gaps when a transaction rolls back;
    -- this row is locked for the last statements of finalize only.
    next_invoice_number BIGINT NOT NULL DEFAULT 1 CHECK (next_invoice_number > 0),
    created_at          TIMESTAMPTZ NOT NULL
);

CREATE TABLE customers (
    id                 TEXT PRIMARY KEY,
    account_id         TEXT NOT NULL REFERENCES accounts (id),
    email              TEXT NOT NULL,
    name               TEXT NOT NULL,
    stripe_customer_id TEXT,
    created_at         TIMESTAMPTZ NOT NULL,
    -- Referred to by invoices: a customer of another account cannot be billed by mistake.
    UNIQUE (account_id, id)
);

CREATE TABLE invoices (
    id               TEXT PRIMARY KEY,
    account_id       TEXT NOT NULL REFERENCES accounts (id),
    customer_id      TEXT NOT NULL,
    -- Given by finalize. A draft has none, so deleting drafts leaves no gap.
    number           BIGINT,
    status           TEXT NOT NULL
        CHECK (status IN ('draft', 'open', 'paid', 'void', 'uncollectible')),
    currency         TEXT NOT NULL CHECK (length(currency) = 3),
    subtotal_amount  BIGINT NOT NULL DEFAULT 0 CHECK (subtotal_amount >= 0),
    tax_amount       BIGINT NOT NULL DEFAULT 0 CHECK (tax_amount >= 0),
    total_amount     BIGINT NOT NULL DEFAULT 0,
    paid_amount      BIGINT NOT NULL DEFAULT 0,
    due_date         DATE,
    finalized_at     TIMESTAMPTZ,
    paid_at          TIMESTAMPTZ,
    voided_at        TIMESTAMPTZ,
    -- Null until the worker has stored it. The name of the object is made of the invoice's id.
    pdf_object       TEXT,
    -- Compared and raised by every change of state: of two that race, one finds another version.
    version          INTEGER NOT NULL DEFAULT 1,
    created_at       TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (account_id, customer_id) REFERENCES customers (account_id, id),
    CHECK (total_amount = subtotal_amount + tax_amount),
    CHECK (paid_amount >= 0 AND paid_amount <= total_amount),
    CHECK (status <> 'paid' OR paid_amount = total_amount),
    CHECK (status = 'draft' OR number IS NOT NULL)
);

CREATE UNIQUE INDEX invoices_number ON invoices (account_id, number);
-- A page of a customer's invoices, newest first, is twenty neighbours in this index.
CREATE INDEX invoices_of_customer ON invoices (account_id, customer_id, created_at, id);
-- The dashboard: open invoices of an account, newest first.
CREATE INDEX invoices_by_status ON invoices (account_id, status, created_at, id);
-- The reminder job looks at open invoices only, and those are a small part of all.
CREATE INDEX invoices_due ON invoices (due_date) WHERE status = 'open';

CREATE TABLE invoice_items (
    id          TEXT PRIMARY KEY,
    invoice_id  TEXT NOT NULL REFERENCES invoices (id),
    position    INTEGER NOT NULL,
    description TEXT NOT NULL,
    quantity    BIGINT NOT NULL CHECK (quantity > 0),
    unit_amount BIGINT NOT NULL,
    tax_amount  BIGINT NOT NULL DEFAULT 0,
    -- Stored, not computed on reading: the screen, the PDF and the e-mail show one integer.
    amount      BIGINT NOT NULL,
    CHECK (amount = quantity * unit_amount),
    UNIQUE (invoice_id, position)
);

CREATE TABLE payments (
    id                TEXT PRIMARY KEY,
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    invoice_id        TEXT NOT NULL REFERENCES invoices (id),
    attempt           INTEGER NOT NULL CHECK (attempt > 0),
    status            TEXT NOT NULL
        CHECK (status IN ('pending', 'unknown', 'requires_action', 'processing', 'succeeded',
                          'failed', 'canceled')),
    amount            BIGINT NOT NULL CHECK (amount > 0),
    currency          TEXT NOT NULL CHECK (length(currency) = 3),
    payment_method_id TEXT NOT NULL,
    -- The key that Stripe gets. Stored before the first request and sent with every retry of it.
    stripe_key        TEXT NOT NULL UNIQUE,
    payment_intent_id TEXT UNIQUE,
    failure_code      TEXT,
    -- Stripe may forget the key a day after this moment.
    first_sent_at     TIMESTAMPTZ,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    UNIQUE (invoice_id, attempt)
);

-- One payment of an invoice lives at a time; a succeeded one lives for ever.
CREATE UNIQUE INDEX payments_live ON payments (invoice_id)
    WHERE status NOT IN ('pending', 'failed', 'canceled');
-- The sweeper asks for payments that nobody has heard of.
CREATE INDEX payments_unsettled ON payments (updated_at)
    WHERE status IN ('pending', 'unknown', 'processing');

CREATE TABLE idempotency_keys (
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    -- SHA-256 of method, path, version and canonical body: the same key with another is refused.
    request_hash    TEXT NOT NULL,
    -- Set while a request runs; a crash leaves it behind, and it ends by itself.
    locked_until    TIMESTAMPTZ,
    response_status INTEGER,
    response_body   TEXT,
    created_at      TIMESTAMPTZ NOT NULL,
    expires_at      TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, idempotency_key)
);

CREATE INDEX idempotency_keys_expired ON idempotency_keys (expires_at);

-- What Stripe sent. The row is written before the 200 and never changed but for its state.
CREATE TABLE webhook_events (
    event_id     TEXT PRIMARY KEY,
    type         TEXT NOT NULL,
    object_id    TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    received_at  TIMESTAMPTZ NOT NULL,
    payload      TEXT NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('received', 'applied', 'ignored', 'parked')),
    processed_at TIMESTAMPTZ
);

CREATE INDEX webhook_events_open ON webhook_events (received_at)
    WHERE status IN ('received', 'parked');

CREATE TABLE reminders (
    id           TEXT PRIMARY KEY,
    invoice_id   TEXT NOT NULL REFERENCES invoices (id),
    -- Which mail of an invoice: 'sent:<send id>', 'due_soon', 'overdue_3', 'overdue_14'.
    step         TEXT NOT NULL,
    -- Made of invoice and step, so a mail that goes out twice is one in the customer's inbox.
    message_id   TEXT NOT NULL UNIQUE,
    scheduled_at TIMESTAMPTZ NOT NULL,
    sent_at      TIMESTAMPTZ,
    UNIQUE (invoice_id, step)
);

-- Work that a committed change asks for, written by the transaction that makes the change.
CREATE TABLE outbox (
    id              TEXT PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    topic           TEXT NOT NULL,
    -- Messages about one object are worked on one after the other.
    object_id       TEXT NOT NULL,
    payload         TEXT NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    -- The claim of a worker. Finishing compares both, so one whose claim ran out changes nothing.
    locked_by       TEXT,
    locked_until    TIMESTAMPTZ,
    done_at         TIMESTAMPTZ,
    created_at      TIMESTAMPTZ NOT NULL
);

-- SELECT ... WHERE done_at IS NULL AND next_attempt_at <= now() FOR UPDATE SKIP LOCKED: by state,
-- never by "id greater than the last one", which loses what commits late.
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE done_at IS NULL;
CREATE INDEX outbox_of_object ON outbox (object_id, created_at) WHERE done_at IS NULL;

-- What failed for good, with all that it takes to understand it and to send it once more.
CREATE TABLE dead_letters (
    outbox_id   TEXT PRIMARY KEY,
    account_id  TEXT NOT NULL REFERENCES accounts (id),
    topic       TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    payload     TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    last_error  TEXT NOT NULL,
    buried_at   TIMESTAMPTZ NOT NULL,
    redriven_at TIMESTAMPTZ,
    redriven_by TEXT
);

CREATE INDEX dead_letters_waiting ON dead_letters (topic, buried_at) WHERE redriven_at IS NULL;

-- Who did what; append-only by the rights of the application's role.
CREATE TABLE audit_log (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    actor      TEXT NOT NULL,
    action     TEXT NOT NULL,
    object_id  TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX audit_log_of_object ON audit_log (account_id, object_id, created_at);
