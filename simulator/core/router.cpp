#include "simulator/core/router.hpp"

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

// Takes the next step off the front: "/v1/a" -> "v1".
std::string_view next_step(std::string_view& path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    const std::string_view step = path.substr(0, path.find('/'));
    path.remove_prefix(step.size());
    return step;
}

}  // namespace

Router::Router(std::span<const std::span<const Route>> tables) {
    for (const auto& table : tables) {
        for (const Route& route : table) {
            std::size_t node = 0;
            for (std::string_view path = route.path; !path.empty();) {
                node = child(node, next_step(path));
            }
            const auto method = static_cast<std::size_t>(route.method);
            nodes_[node].routes[method] = &route;
            nodes_[node].names[method] = fmt::format("{} {}", to_string(route.method), route.path);
        }
    }
}

std::size_t Router::child(std::size_t node, std::string_view step) {
    if (step.starts_with('{')) {
        if (nodes_[node].any == 0) {
            nodes_[node].any = nodes_.size();
            nodes_.emplace_back();
        }
        return nodes_[node].any;
    }
    const auto [found, is_new] = nodes_[node].children.emplace(step, nodes_.size());
    const std::size_t node_of_step = found->second;
    if (is_new) nodes_.emplace_back();
    return node_of_step;
}

RouteMatch Router::find(Method method, std::string_view path) const {
    RouteMatch match;
    std::size_t node = 0;
    std::size_t ids = 0;
    std::size_t instead = 0;  // Of the last step, when that is a literal one beside {id}.
    std::string_view step;
    while (!path.empty()) {
        step = next_step(path);
        const auto& children = nodes_[node].children;
        const auto found = children.find(step);
        if (found != children.end()) {
            instead = nodes_[node].any;
            node = found->second;
        } else if (nodes_[node].any != 0 && !step.empty() && ids < match.ids.size()) {
            instead = 0;
            node = nodes_[node].any;
            match.ids[ids++] = step;
        } else {
            return {};
        }
    }
    const auto place = static_cast<std::size_t>(method);
    if (nodes_[node].routes[place] == nullptr && instead != 0 && ids < match.ids.size()) {
        node = instead;
        match.ids[ids] = step;
    }
    match.route = nodes_[node].routes[place];
    if (match.route != nullptr) match.name = nodes_[node].names[place];
    return match;
}

const Router& router() {
    static const Router all(route_tables());
    return all;
}

}  // namespace onsite::simulator
