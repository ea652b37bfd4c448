-- Projections and the tables of the payment service; events live in the event store.
CREATE TABLE accounts (id TEXT PRIMARY KEY, stream TEXT NOT NULL UNIQUE, cell INTEGER NOT NULL);
CREATE TABLE customers (id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts (id), document TEXT NOT NULL);
CREATE TABLE invoices (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    number BIGINT,
    status TEXT NOT NULL CHECK (status IN ('draft', 'open', 'paid', 'void', 'written_off')),
    currency TEXT NOT NULL,
    total_amount BIGINT NOT NULL,
    stream_position BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX invoices_by_customer ON invoices (account_id, customer_id, created_at, id);
CREATE TABLE invoice_items (
    id TEXT PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    description TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    unit_price BIGINT NOT NULL
);
CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    workflow_id TEXT NOT NULL UNIQUE,
    payment_intent_id TEXT UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('started', 'succeeded', 'failed', 'compensated')),
    amount BIGINT NOT NULL
);
CREATE TABLE reminders (invoice_id TEXT NOT NULL REFERENCES invoices (id), step INTEGER NOT NULL, workflow_id TEXT NOT NULL, PRIMARY KEY (invoice_id, step));
CREATE TABLE idempotency_keys (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    response_status INTEGER,
    PRIMARY KEY (account_id, idempotency_key)
);
CREATE TABLE webhook_events (event_id TEXT PRIMARY KEY, payload TEXT NOT NULL, workflow_id TEXT);
CREATE TABLE outbox (
    id BIGINT PRIMARY KEY,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMPTZ,
    locked_until TIMESTAMPTZ
);
CREATE TABLE dead_letters (outbox_id BIGINT PRIMARY KEY, payload TEXT NOT NULL, attempts INTEGER NOT NULL, last_error TEXT NOT NULL);
CREATE TABLE projection_positions (projection TEXT PRIMARY KEY, position BIGINT NOT NULL);
CREATE TABLE saga_timers (id TEXT PRIMARY KEY, invoice_id TEXT NOT NULL REFERENCES invoices (id), fires_at TIMESTAMPTZ NOT NULL);
