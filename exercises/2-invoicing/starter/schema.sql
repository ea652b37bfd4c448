-- TODO(candidate): the tables, in SQL that SQLite and PostgreSQL both read (the brief says which).

-- accounts, customers

-- invoices, invoice_items

-- payments

-- idempotency_keys, webhook_events

-- reminders

-- outbox, dead_letters
