// Readers and writers of fields that many kinds of objects have.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

// Takes the text when it was sent; the empty text unsets.
void update_text(ParamReader& params, std::string_view name, std::string& text,
                 std::size_t length_max = kTextLengthMax);
void update_flag(ParamReader& params, std::string_view name, bool& flag);
// One of the words.
void update_word(ParamReader& params, std::string_view name,
                 std::span<const std::string_view> words, std::string& word);
// A decimal number with at most that many digits behind the point, times 10^digits.
std::optional<std::int64_t> read_decimal(ParamReader& params, std::string_view name, int digits);
// Seconds since 1970, or unset by an empty text.
void update_moment(ParamReader& params, std::string_view name, std::optional<std::int64_t>& moment);

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts);
// The member `name`, an array of references, each expanded when the field is.
void write_references(JsonWriter& json, const View& view, std::string_view name,
                      const std::vector<std::string>& ids);
// {"id", "object", "deleted": true}
void write_tombstone(JsonWriter& json, std::string_view id, std::string_view object);
// {"object": "list", ...} as a member: all there is, or the first of it.
void write_list(JsonWriter& json, std::string_view name, std::string_view url,
                const std::function<void(JsonWriter&)>& write_elements, bool has_more = false);

// The answer of a change, and its event with what changed. `before` is what the object was.
Answer changed(const Call& call, const ResourceType& type, std::string_view id,
               std::string_view event, const Body& before);
// Emits the event of a change that nobody waits for; nothing when nothing changed.
void emit_changed(World& world, const ResourceType& type, std::string_view id,
                  std::string_view event, const Body& before);

}  // namespace onsite::simulator
