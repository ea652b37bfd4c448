#include "base/json.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace onsite {
namespace {

const Json kEmptyArray = Json::array();
const Json kEmptyObject = Json::object();

constexpr std::size_t kFoundCharsMax = 60;  // Of a wrong value, in an error.

// nlohmann's messages start with "[json.exception.parse_error.101] "; the rest says line and
// column.
std::string without_tag(std::string_view message) {
    const auto end = message.find("] ");
    return std::string(end == std::string_view::npos ? message : message.substr(end + 2));
}

// What is there instead, short and safe to print.
std::string instead(const Json& value) {
    if (value.is_object()) return "an object";
    if (value.is_array()) return "a list";
    std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
    if (text.size() <= kFoundCharsMax) return text;
    const bool is_text = value.is_string();
    text.resize(kFoundCharsMax);
    return text + (is_text ? "...\"" : "...");
}

// Parsing, and ending, take any depth; copying and writing take a piece of the stack for each
// level.
bool is_deeper_than(const Json& whole, std::size_t levels) {
    std::vector<std::pair<const Json*, std::size_t>> open = {{&whole, 1}};
    while (!open.empty()) {
        const auto [value, level] = open.back();
        open.pop_back();
        if (level > levels) return true;
        for (const Json& part : *value) {
            if (part.is_structured()) open.emplace_back(&part, level + 1);
        }
    }
    return false;
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view what, JsonComments comments) {
    try {
        Json value = Json::parse(text, nullptr, true, comments == JsonComments::allowed);
        if (!is_deeper_than(value, kJsonDepthMax)) return value;
        return usage_error(
            fmt::format("{}: expected at most {} levels of JSON, found more", what, kJsonDepthMax));
    } catch (const Json::exception& problem) {
        return usage_error(fmt::format("{} is not JSON: {}", what, without_tag(problem.what())));
    }
}

std::string to_text(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

JsonReader::JsonReader(const Json& value, std::string where)
    : value_(&value), where_(std::move(where)) {
    if (value.is_object()) return;
    problem_ = fmt::format("{}: expected an object, found {}", where_, instead(value));
}

const Json* JsonReader::find(const char* key, bool is_required) {
    note_asked(key);
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

bool JsonReader::has(const char* key) {
    note_asked(key);
    return value_->is_object() && value_->contains(key);
}

void JsonReader::note_asked(const char* key) {
    if (std::ranges::find(asked_, key) == asked_.end()) asked_.emplace_back(key);
}

std::string JsonReader::text(const char* key) {
    const Json* member = find(key, true);
    if (member == nullptr) return {};
    if (member->is_string()) return member->get<std::string>();
    complain(key, fmt::format("expected a string, found {}", instead(*member)));
    return {};
}

std::string JsonReader::text_or(const char* key, std::string fallback) {
    if (has(key)) return text(key);
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
    complain(key, fmt::format("expected a whole number from {} to {}, found {}", min, max,
                              instead(*member)));
    return min;
}

std::int64_t JsonReader::number_or(const char* key, std::int64_t min, std::int64_t max,
                                   std::int64_t fallback) {
    if (has(key)) return number(key, min, max);
    return fallback;
}

bool JsonReader::flag_or(const char* key, bool fallback) {
    const Json* member = find(key, false);
    if (member == nullptr) return fallback;
    if (member->is_boolean()) return member->get<bool>();
    complain(key, fmt::format("expected true or false, found {}", instead(*member)));
    return fallback;
}

std::vector<std::string> JsonReader::texts(const char* key) {
    std::vector<std::string> found;
    for (const Json& item : array(key)) {
        if (item.is_string()) {
            found.push_back(item.get<std::string>());
        } else {
            complain(key, fmt::format("expected a list of strings, found {} in it", instead(item)));
        }
    }
    return found;
}

std::vector<std::string> JsonReader::texts_or_none(const char* key) {
    if (has(key)) return texts(key);
    return {};
}

const Json& JsonReader::array(const char* key) {
    const Json* member = find(key, true);
    if (member != nullptr && member->is_array()) return *member;
    if (member != nullptr) complain(key, "expected a list, found " + instead(*member));
    return kEmptyArray;
}

const Json& JsonReader::object(const char* key) {
    const Json* member = find(key, true);
    if (member != nullptr && member->is_object()) return *member;
    if (member != nullptr) complain(key, "expected an object, found " + instead(*member));
    return kEmptyObject;
}

Result<void> JsonReader::finish() {
    if (problem_.empty() && value_->is_object()) {
        for (const auto& [key, unused] : value_->items()) {
            if (std::ranges::find(asked_, key) == asked_.end()) {
                problem_ = fmt::format("{}: unknown key {}; expected one of: {}", where_,
                                       instead(Json(key)), fmt::join(asked_, ", "));
                problem_key_ = key;
                break;
            }
        }
    }
    if (!problem_.empty()) return usage_error(problem_);
    return {};
}

}  // namespace onsite
