#include "solutions/1-reconciliation/production/record/database_error.hpp"

#include <algorithm>
#include <string_view>

#include <soci/soci.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kReasonBytesMax = 200;

// SOCI says what it wanted in one line, and what the database answered in the next. PostgreSQL goes
// on with the row that it did not take.
std::string_view first_lines(std::string_view text) {
    text = text.substr(0, text.find("\nDETAIL:"));
    std::size_t end = text.find('\n');
    if (end != std::string_view::npos) end = text.find('\n', end + 1);
    return text.substr(0, end);
}

}  // namespace

std::string reason_of(const std::exception& problem) {
    // Its what() would have the statement, with all that was bound to it.
    const auto* const error = dynamic_cast<const soci::soci_error*>(&problem);
    const std::string whole = error == nullptr ? problem.what() : error->get_error_message();
    std::string line = harmless(first_lines(whole), Lines::many);
    std::ranges::replace(line, '\n', ' ');
    // "sqlite3_statement_backend::loadOne: database or disk is full": the function helps nobody.
    if (line.starts_with("sqlite3_") && line.contains(": ")) line.erase(0, line.find(": ") + 2);
    while (line.ends_with('.') || line.ends_with(' ')) line.pop_back();
    if (line.size() <= kReasonBytesMax) return line;
    std::size_t cut = kReasonBytesMax;
    while (cut > 0 && !begins_code_point(line[cut])) --cut;
    return line.substr(0, cut) + "…";
}

}  // namespace onsite::reconcile
