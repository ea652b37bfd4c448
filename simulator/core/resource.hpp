// What all kinds of objects have in common: a name, a prefix of their ids, a rendering, and fields
// that name other objects and can be expanded.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/api_version.hpp"
#include "simulator/objects/event.hpp"
#include "simulator/wire/api_error.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::simulator {

class World;

// docs.stripe.com/api/expanding_objects
inline constexpr std::size_t kExpandLevelsMax = 4;
inline constexpr std::size_t kExpandsMax = 100;

// A tree of what expand[] asked for.
struct Expand {
    std::string name;
    std::vector<Expand> children = {};

    const Expand* child(std::string_view wanted) const;
};

// For whom an object is rendered.
struct View {
    const World& world;
    const Expand* expand = nullptr;  // Nothing is expanded.
    ApiVersion version = kNewest;

    View child(std::string_view name) const {
        return {world, expand == nullptr ? nullptr : expand->child(name), version};
    }
};

// A place in an object, "latest_charge" or "items.data", and the kind of what is there. A place
// that may name objects of several kinds is there once for each.
struct Reference {
    std::string_view path;
    // Of the ResourceType; empty when it has no references of its own, or when it is always null
    // because nothing of that kind is simulated.
    std::string_view object;
    ApiVersion gone_since = {kNewest.day + 1};  // It is there in all versions.
};

struct ResourceType {
    std::string_view object;  // "payment_intent"
    std::string_view prefix;  // "pi_"
    std::span<const Reference> references;
    // Writes the object of that id; false when there is none.
    bool (*render)(JsonWriter& json, const View& view, std::string_view id);
};

// Of all kinds that are simulated (resources/resources.cpp).
std::span<const ResourceType* const> resource_types();
const ResourceType* type_of_object(std::string_view object);
const ResourceType* type_of_id(std::string_view id);

// The member `name`: the id, the object when it is expanded, or null when `id` is empty.
void write_reference(JsonWriter& json, const View& view, std::string_view name,
                     std::string_view id);
// The same of a kind whose ids can be words of the client, which do not tell it.
// REQUIRES: !id.empty().
void write_reference(JsonWriter& json, const View& view, std::string_view name, std::string_view id,
                     const ResourceType& type);

// The object as it is now, nothing expanded. REQUIRES: it exists.
Body rendered(const World& world, const ResourceType& type, std::string_view id);

// Errors: 400, of the first path that leads nowhere from that kind of object (of an unknown kind no
// field can be expanded) or is too deep. `is_list`: paths begin with "data".
std::expected<Expand, ApiError> parse_expand(const std::vector<std::string>& paths,
                                             std::string_view object, bool is_list,
                                             ApiVersion version);

}  // namespace onsite::simulator
