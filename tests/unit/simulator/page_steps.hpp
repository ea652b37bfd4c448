// Steps of tests about the pages for browsers: calls of a client, and what a page's form sends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "simulator/session/session.hpp"

namespace onsite::simulator::testing {

struct PageTest : ::testing::Test {
    static constexpr std::int64_t kStartUs = 1'767'603'600 * kSecond;  // 2026-01-05T09:00:00Z

    HttpResponse send(std::string method, std::string target, std::string body = {}) {
        std::optional<HttpAnswer> answer;
        session.serve(
            kStartUs,
            {.method = std::move(method),
             .target = std::move(target),
             .headers = {{"Authorization", "Bearer sk_test_1"}, {"Host", "localhost:12111"}},
             .body = std::move(body)},
            {}, [&](HttpAnswer given) { answer = std::move(given); });
        return answer->response;
    }
    nlohmann::json post(const std::string& path, const std::string& form = {}) {
        return nlohmann::json::parse(send("POST", path, form).body);
    }
    nlohmann::json get(const std::string& path) {
        return nlohmann::json::parse(send("GET", path).body);
    }
    static std::string page_of(const nlohmann::json& made) {
        const std::string url = made["url"];
        return url.substr(url.find("/_onsite"));
    }
    // What the page's form does.
    HttpResponse submit(const nlohmann::json& made, const std::string& form) {
        return send("POST", page_of(made), form);
    }
    static std::string place(const HttpResponse& response) {
        const std::string* found = find_header(response.headers, "Location");
        return found == nullptr ? "" : *found;
    }
    // Newest first.
    std::vector<std::string> events() {
        std::vector<std::string> types;
        const auto listed = get("/v1/events?limit=100");
        for (const auto& event : listed["data"]) types.push_back(event["type"]);
        return types;
    }
    std::string monthly(int amount = 900) {
        return post("/v1/prices", fmt::format("currency=usd&unit_amount={}&product_data[name]=Gold"
                                              "&recurring[interval]=month",
                                              amount))["id"];
    }

    Session session{{.seed = 7, .start_us = kStartUs}};
};

}  // namespace onsite::simulator::testing
