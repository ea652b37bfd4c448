// The URL of a PostgreSQL database, as libpq reads it and in a form that SOCI leaves as it is.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace onsite::reconcile {

// By its beginning: "postgresql://" or "postgres://".
bool is_postgresql_url(std::string_view where);

// The same database as words for SOCI. Errors: usage, with what libpq says of the URL.
Result<std::string> postgresql_words(const std::string& url);

}  // namespace onsite::reconcile
