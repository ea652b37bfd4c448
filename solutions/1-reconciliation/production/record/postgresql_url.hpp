// The URL of a PostgreSQL database, as libpq reads it and in a form that SOCI leaves as it is.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace onsite::reconcile {

// By its beginning: "postgresql://" or "postgres://".
bool is_postgresql_url(std::string_view where);

// Also one that lost a slash: it would be a file, and nobody would look for the record there.
bool looks_like_url(std::string_view where);

// For messages, which end up in logs: a URL without its user and password.
std::string without_password(const std::string& where);

// The same database as words for SOCI. Errors: usage, with what libpq says of the URL, but for the
// parts of it that libpq repeats.
Result<std::string> postgresql_words(const std::string& url);

}  // namespace onsite::reconcile
