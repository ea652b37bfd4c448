#include "simulator/core/call.hpp"

namespace onsite::simulator {

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::post:
            return "POST";
        case Method::del:
            return "DELETE";
    }
    return "";
}

namespace {

// Nothing is expanded, and nothing there that is gone.
bool is_plain(const Call& call) {
    return call.expand.children.empty() && call.version >= kNewestShapes;
}

}  // namespace

Answer answer(const Call& call, const ResourceType& type, std::string_view id) {
    if (is_plain(call)) return rendered(call.world, type, id);
    JsonWriter json;
    type.render(json, call.view(), id);
    return std::make_shared<const std::string>(json.written());
}

Answer answer(const Call& call, const ResourceType& type, std::string_view id, Body unexpanded) {
    if (is_plain(call)) return unexpanded;
    return answer(call, type, id);
}

Answer answer(const Call& call, const ResourceType& type, std::string_view id, Answer step) {
    if (!step) return step;
    return answer(call, type, id, std::move(*step));
}

}  // namespace onsite::simulator
