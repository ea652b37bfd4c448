#include "simulator/core/resource.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "simulator/core/world.hpp"

namespace onsite::simulator {
namespace {

bool begins_with_step(std::string_view path, std::string_view step) {
    return path.starts_with(step) && (path.size() == step.size() || path[step.size()] == '.');
}

// Whether the fields lead from the type to something.
bool leads_somewhere(std::string_view path, const ResourceType* type, ApiVersion version) {
    if (type == nullptr) return false;
    return std::ranges::any_of(type->references, [&](const Reference& reference) {
        if (!begins_with_step(path, reference.path) || version >= reference.gone_since)
            return false;
        if (path.size() == reference.path.size()) return true;
        return leads_somewhere(path.substr(reference.path.size() + 1),
                               type_of_object(reference.object), version);
    });
}

void insert(Expand& node, std::string_view path) {
    const std::size_t end = path.find('.');
    const std::string_view name = path.substr(0, end);
    auto found = std::ranges::find(node.children, name, &Expand::name);
    if (found == node.children.end()) {
        node.children.push_back({std::string(name)});
        found = node.children.end() - 1;
    }
    if (end != path.npos) insert(*found, path.substr(end + 1));
}

ApiError cannot_expand(std::string_view path) {
    return invalid_parameter("expand", fmt::format("This property cannot be expanded ({}).", path));
}

// Of a list, whose fields are those of its elements. Stripe names the first step, whatever it is.
ApiError needs_data(std::string_view path) {
    return invalid_parameter(
        "expand", fmt::format("This property cannot be expanded ({0}). You may want to try "
                              "expanding 'data.{0}' instead.",
                              path.substr(0, path.find('.'))));
}

ApiError too_deep(std::string_view path) {
    ApiError error = invalid_parameter(
        "expand", fmt::format("You cannot expand more than {} levels of a property. Property: {}",
                              kExpandLevelsMax, path));
    error.code = "property_expansion_max_depth";
    return error;
}

}  // namespace

const Expand* Expand::child(std::string_view wanted) const {
    const auto found = std::ranges::find(children, wanted, &Expand::name);
    return found == children.end() ? nullptr : &*found;
}

const ResourceType* type_of_object(std::string_view object) {
    const auto types = resource_types();
    const auto found = std::ranges::find(types, object, &ResourceType::object);
    return found == types.end() ? nullptr : *found;
}

const ResourceType* type_of_id(std::string_view id) {
    for (const ResourceType* type : resource_types()) {
        if (!type->prefix.empty() && id.starts_with(type->prefix)) return type;
    }
    return nullptr;
}

void write_reference(JsonWriter& json, const View& view, std::string_view name,
                     std::string_view id) {
    json.key(name);
    if (id.empty()) return json.null();
    const View inside = view.child(name);
    const ResourceType* type = inside.expand == nullptr ? nullptr : type_of_id(id);
    if (type == nullptr || !type->render(json, inside, id)) json.value(id);
}

void write_reference(JsonWriter& json, const View& view, std::string_view name, std::string_view id,
                     const ResourceType& type) {
    json.key(name);
    const View inside = view.child(name);
    if (inside.expand == nullptr || !type.render(json, inside, id)) json.value(id);
}

Body rendered(const World& world, const ResourceType& type, std::string_view id) {
    world.writer.clear();
    type.render(world.writer, {world}, id);
    return std::make_shared<const std::string>(world.writer.written());
}

std::expected<Expand, ApiError> parse_expand(const std::vector<std::string>& paths,
                                             std::string_view object, bool is_list,
                                             ApiVersion version) {
    Expand root;
    if (paths.empty()) return root;
    const ResourceType* const type = type_of_object(object);
    if (paths.size() > kExpandsMax) {
        return std::unexpected(invalid_parameter(
            "expand", fmt::format("You can expand at most {} properties", kExpandsMax)));
    }
    for (const std::string& path : paths) {
        // The "data" of a list is one of the levels.
        const auto dots = static_cast<std::size_t>(std::ranges::count(path, '.'));
        if (dots >= kExpandLevelsMax) return std::unexpected(too_deep(path));
        std::string_view fields = path;
        if (is_list) {
            if (!fields.starts_with("data.")) return std::unexpected(needs_data(path));
            fields.remove_prefix(std::string_view("data.").size());
        }
        if (!leads_somewhere(fields, type, version)) return std::unexpected(cannot_expand(path));
        insert(root, path);
    }
    return root;
}

}  // namespace onsite::simulator
