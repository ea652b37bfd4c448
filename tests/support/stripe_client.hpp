// Speaks with a simulator in this process, as a client would: names and texts in, JSON out.
#pragma once

#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "simulator/core/simulator.hpp"

namespace onsite::simulator::testing {

struct Reply {
    ApiResponse response;
    nlohmann::json body;

    int status() const { return response.status; }
    std::string text(const char* pointer) const {
        const auto& value = body.at(nlohmann::json::json_pointer(pointer));
        return value.is_string() ? value.get<std::string>() : value.dump();
    }
    std::string error(const char* field) const {
        return body.value("error", nlohmann::json::object()).value(field, "");
    }
};

// The parameters of any range of names and values.
template <typename Values>
Params params_of(const Values& values) {
    Params params;
    for (const auto& [name, value] : values) {
        if (!params.add(name, std::string(value))) std::abort();  // A bug of the test.
    }
    return params;
}

class StripeClient {
public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    explicit StripeClient(Simulator& simulator, std::string key = "sk_test_1")
        : simulator_(simulator), key_(std::move(key)) {}

    // The key of the next writes; empty for none.
    std::string idempotency_key = {};
    std::string operation = {};
    ApiVersion version = kNewest;

    Reply get(std::string path, Values params = {}) {
        return send(Method::get, std::move(path), Params(params));
    }
    Reply post(std::string path, Values params = {}) {
        return send(Method::post, std::move(path), Params(params));
    }
    // Of parameters that are put together at run time.
    Reply post(std::string path, Params params) {
        return send(Method::post, std::move(path), std::move(params));
    }
    Reply del(std::string path, Values params = {}) {
        return send(Method::del, std::move(path), Params(params));
    }

private:
    Reply send(Method method, std::string path, Params params) {
        Reply reply;
        reply.response = simulator_.handle({.method = method,
                                            .path = std::move(path),
                                            .params = std::move(params),
                                            .account_key = key_,
                                            .idempotency_key = idempotency_key,
                                            .operation = operation,
                                            .version = version});
        if (reply.response.body) reply.body = nlohmann::json::parse(*reply.response.body);
        return reply;
    }

    Simulator& simulator_;
    std::string key_;
};

}  // namespace onsite::simulator::testing
