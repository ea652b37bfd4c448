#include "base/json.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace onsite {
namespace {

const Json kEmptyArray = Json::array();
const Json kEmptyObject = Json::object();

// nlohmann's messages start with "[json.exception.parse_error.101] "; the rest says line and
// column.
std::string without_tag(std::string_view message) {
    const auto end = message.find("] ");
    return std::string(end == std::string_view::npos ? message : message.substr(end + 2));
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view what, JsonComments comments) {
    try {
        return Json::parse(text, nullptr, true, comments == JsonComments::allowed);
    } catch (const Json::exception& problem) {
        return usage_error(fmt::format("{} is not JSON: {}", what, without_tag(problem.what())));
    }
}

std::string to_text(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

JsonReader::JsonReader(const Json& value, std::string where)
    : value_(&value), where_(std::move(where)) {
    if (!value.is_object()) problem_ = fmt::format("{}: expected an object", where_);
}

const Json* JsonReader::find(const char* key, bool is_required) {
    asked_.emplace_back(key);
    if (!value_->is_object()) return nullptr;
    const auto member = value_->find(key);
    if (member != value_->end()) return &*member;
    if (is_required) complain(key, "expected this key, found none");
    return nullptr;
}

void JsonReader::complain(const char* key, std::string_view problem) {
    if (!problem_.empty()) return;
    problem_ = fmt::format("{}: \"{}\": {}", where_, key, problem);
    problem_key_ = key;
}

bool JsonReader::has(const char* key) const { return value_->is_object() && value_->contains(key); }

std::string JsonReader::text(const char* key) {
    const Json* member = find(key, true);
    if (member == nullptr) return {};
    if (member->is_string()) return member->get<std::string>();
    complain(key, "expected a string");
    return {};
}

std::string JsonReader::text_or(const char* key, std::string fallback) {
    if (has(key)) return text(key);
    asked_.emplace_back(key);
    return fallback;
}

std::int64_t JsonReader::number(const char* key, std::int64_t min, std::int64_t max) {
    const Json* member = find(key, true);
    if (member == nullptr) return min;
    // An unsigned value above int64 would wrap around in get<int64_t>.
    const bool fits = member->is_number_integer() &&
                      (!member->is_number_unsigned() ||
                       member->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
    if (fits) {
        const auto found = member->get<std::int64_t>();
        if (found >= min && found <= max) return found;
    }
    complain(key, fmt::format("expected a whole number from {} to {}", min, max));
    return min;
}

std::int64_t JsonReader::number_or(const char* key, std::int64_t min, std::int64_t max,
                                   std::int64_t fallback) {
    if (has(key)) return number(key, min, max);
    asked_.emplace_back(key);
    return fallback;
}

bool JsonReader::flag_or(const char* key, bool fallback) {
    const Json* member = find(key, false);
    if (member == nullptr) return fallback;
    if (member->is_boolean()) return member->get<bool>();
    complain(key, "expected true or false");
    return fallback;
}

std::vector<std::string> JsonReader::texts(const char* key) {
    std::vector<std::string> found;
    for (const Json& item : array(key)) {
        if (item.is_string()) {
            found.push_back(item.get<std::string>());
        } else {
            complain(key, "expected a list of strings");
        }
    }
    return found;
}

std::vector<std::string> JsonReader::texts_or_none(const char* key) {
    if (has(key)) return texts(key);
    asked_.emplace_back(key);
    return {};
}

const Json& JsonReader::array(const char* key) {
    const Json* member = find(key, true);
    if (member != nullptr && member->is_array()) return *member;
    complain(key, "expected a list");
    return kEmptyArray;
}

const Json& JsonReader::object(const char* key) {
    const Json* member = find(key, true);
    if (member != nullptr && member->is_object()) return *member;
    complain(key, "expected an object");
    return kEmptyObject;
}

Result<void> JsonReader::finish() {
    if (problem_.empty() && value_->is_object()) {
        for (const auto& [key, unused] : value_->items()) {
            if (std::ranges::find(asked_, key) == asked_.end()) {
                problem_ = fmt::format("{}: unknown key \"{}\"; expected one of: {}", where_, key,
                                       fmt::join(asked_, ", "));
                problem_key_ = key;
                break;
            }
        }
    }
    if (!problem_.empty()) return usage_error(problem_);
    return {};
}

}  // namespace onsite
