// Reading JSON that people and other programs wrote: strict, with errors that say where and what.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"

namespace onsite {

using Json = nlohmann::json;

// A document that somebody meant has a few levels of lists and objects.
inline constexpr std::size_t kJsonDepthMax = 100;

enum class JsonComments { allowed, refused };

// Parses one JSON value; comments are allowed in the files that people write.
// `what` names the text in errors ("exercises/1-reconciliation/rubric.json").
// Errors: usage, with line and column; more than kJsonDepthMax levels.
Result<Json> parse_json(std::string_view text, std::string_view what,
                        JsonComments comments = JsonComments::refused);

// Compact text; invalid UTF-8 is replaced, never thrown on.
std::string to_text(const Json& value);

// Reads the members of one JSON object. Every getter records the first problem and gives a neutral
// value from then on, so that a reader stays a list of plain assignments:
//
//     JsonReader reader(value, "rubric.json: criteria[0]");
//     criterion.id = reader.text("id");
//     criterion.weight = reader.number("weight", 0, 100);
//     if (auto done = reader.finish(); !done) return pass_on(done);
class JsonReader {
public:
    // REQUIRES: value outlives the reader.
    JsonReader(const Json& value, std::string where);

    std::string text(const char* key);
    std::string text_or(const char* key, std::string fallback);
    std::int64_t number(const char* key, std::int64_t min, std::int64_t max);
    std::int64_t number_or(const char* key, std::int64_t min, std::int64_t max,
                           std::int64_t fallback);
    bool flag_or(const char* key, bool fallback);
    std::vector<std::string> texts(const char* key);
    std::vector<std::string> texts_or_none(const char* key);
    // The member of that name, an array or an object; an empty one when it is missing or of another
    // kind.
    const Json& array(const char* key);
    const Json& object(const char* key);
    // What is asked for in this way only is known as well.
    bool has(const char* key);

    // Records a problem that the caller found: "expected ..., found ...".
    void complain(const char* key, std::string_view problem);

    // The first problem, or a key that nobody asked for (a typing error is not silently ignored).
    Result<void> finish();
    // The key that finish() complained about; empty when it did not, or when there is no object.
    const std::string& problem_key() const { return problem_key_; }

private:
    const Json* find(const char* key, bool is_required);
    void note_asked(const char* key);

    const Json* value_;
    std::string where_;
    std::string problem_;
    std::string problem_key_ = {};
    std::vector<std::string> asked_;
};

}  // namespace onsite
