-- Integers of minor units; ids from the application (UUIDv7).
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    home_region TEXT NOT NULL CHECK (home_region IN ('eu', 'us')),
    next_number BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    UNIQUE (account_id, id)
);
CREATE TABLE invoices (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    customer_id TEXT NOT NULL,
    external_id TEXT,
    number BIGINT,
    status TEXT NOT NULL CHECK (status IN ('draft', 'open', 'paid', 'void', 'uncollectible')),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    tax_amount BIGINT NOT NULL DEFAULT 0,
    total_amount BIGINT NOT NULL,
    due_date DATE,
    pdf_object TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (account_id, customer_id) REFERENCES customers (account_id, id),
    UNIQUE (account_id, number),
    UNIQUE (account_id, external_id),
    CHECK (status = 'draft' OR number IS NOT NULL)
);
CREATE INDEX invoices_customer_page ON invoices (account_id, customer_id, created_at, id);
CREATE INDEX invoices_status_page ON invoices (account_id, status, created_at, id);
CREATE INDEX invoices_due ON invoices (due_date) WHERE status = 'open';
CREATE TABLE invoice_items (
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    position INTEGER NOT NULL,
    description TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    unit_price BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (invoice_id, position)
);
CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    status TEXT NOT NULL CHECK (status IN ('pending', 'unknown', 'succeeded', 'failed')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    stripe_key TEXT NOT NULL UNIQUE,
    payment_intent_id TEXT UNIQUE,
    first_sent_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX payments_live ON payments (invoice_id)
    WHERE status IN ('pending', 'unknown', 'succeeded');
CREATE TABLE reminders (
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    step TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sent_at TIMESTAMPTZ,
    PRIMARY KEY (invoice_id, step)
);
CREATE TABLE idempotency_keys (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    locked_until TIMESTAMPTZ,
    response_status INTEGER,
    response_body TEXT,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, idempotency_key)
);
CREATE TABLE webhook_events (
    event_id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('stored', 'applied', 'ignored', 'parked')),
    received_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('apply_event', 'mail', 'pdf')),
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    locked_until TIMESTAMPTZ,
    locked_by TEXT,
    done_at TIMESTAMPTZ
);
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE done_at IS NULL;
CREATE TABLE dead_letters (
    outbox_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    buried_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE audit_log (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL
);
