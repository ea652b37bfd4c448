// Exists only to own the precompiled header that every test shares.
