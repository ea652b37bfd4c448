#include "simulator/resources/fields.hpp"

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"

namespace onsite::simulator {

void update_text(ParamReader& params, std::string_view name, std::string& text,
                 std::size_t length_max) {
    if (const auto sent = params.text(name, length_max)) text = *sent;
}

void update_flag(ParamReader& params, std::string_view name, bool& flag) {
    if (const auto sent = params.flag(name)) flag = *sent;
}

void update_word(ParamReader& params, std::string_view name,
                 std::span<const std::string_view> words, std::string& word) {
    if (const auto sent = params.choice(name, words)) word = words[*sent];
}

std::optional<std::int64_t> read_decimal(ParamReader& params, std::string_view name, int digits) {
    const auto sent = params.set_text(name);
    if (!sent) return std::nullopt;
    const auto value = parse_decimal(*sent, digits);
    if (!value) {
        params.refuse(name, fmt::format("Invalid decimal: {}; must contain at maximum {} decimal "
                                        "places.",
                                        *sent, digits));
    }
    return value;
}

void update_moment(ParamReader& params, std::string_view name,
                   std::optional<std::int64_t>& moment) {
    if (params.clears(name)) {
        params.ignore(name);
        moment.reset();
    } else if (const auto sent = params.integer(name, 0)) {
        moment = *sent;
    }
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
    json.key(name);
    json.begin_array();
    for (const std::string& text : texts) json.value(text);
    json.end_array();
}

void write_references(JsonWriter& json, const View& view, std::string_view name,
                      const std::vector<std::string>& ids) {
    const View inside = view.child(name);
    json.key(name);
    json.begin_array();
    for (const std::string& id : ids) {
        const ResourceType* type = inside.expand == nullptr ? nullptr : type_of_id(id);
        if (type == nullptr || !type->render(json, inside, id)) json.value(id);
    }
    json.end_array();
}

void write_tombstone(JsonWriter& json, std::string_view id, std::string_view object) {
    json.begin_object();
    json.text("id", id);
    json.text("object", object);
    json.flag("deleted", true);
    json.end_object();
}

void write_list(JsonWriter& json, std::string_view name, std::string_view url,
                const std::function<void(JsonWriter&)>& write_elements, bool has_more) {
    json.key(name);
    json.begin_object();
    json.word("object", "list");
    json.key("data");
    json.begin_array();
    write_elements(json);
    json.end_array();
    json.flag("has_more", has_more);
    json.text("url", url);
    json.end_object();
}

Answer changed(const Call& call, const ResourceType& type, std::string_view id,
               std::string_view event, const Body& before) {
    Body after = rendered(call.world, type, id);
    call.world.emit(event, after, changed_attributes(*before, *after));
    return answer(call, type, id, std::move(after));
}

void emit_changed(World& world, const ResourceType& type, std::string_view id,
                  std::string_view event, const Body& before) {
    Body after = rendered(world, type, id);
    if (*after == *before) return;
    std::string attributes = changed_attributes(*before, *after);
    world.emit(event, std::move(after), std::move(attributes));
}

}  // namespace onsite::simulator
