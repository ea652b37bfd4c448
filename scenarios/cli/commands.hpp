// The commands about scenarios: what may be typed after each, and what it does.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/console.hpp"
#include "base/error.hpp"
#include "scenarios/cli/scenario_main.hpp"
#include "scenarios/service/play_service.hpp"

namespace onsite::scenarios {

struct ReplayWords {
    std::string scenario;
    std::string shop;
    std::string client;    // Its folder.
    ServiceWords service;  // Its URL is empty when none plays.
    std::string trace_file;
    std::string judged_file;
    std::string har_file;
    std::string otlp_file;
    std::string html_file;
    bool is_json = false;
    bool plays_all = false;
    OpenClient open_client;  // Set when there is a client to open.
    Clock* clock = nullptr;  // What a service goes by.
    bool has_client() const { return !client.empty() || !service.url.empty(); }
};
Result<int> run_replay(const ReplayWords& words, const Console& console);

struct ExploreWords {
    std::string scenario;
    std::string shop;
    std::string seeds = "0..9999";
    std::string failures = "failures";
    std::string resolved_file;
};
Result<int> run_explore(const ExploreWords& words, const Console& console);

struct SweepWords {
    std::string scenario;
    std::string shop;
    std::string failures = "failures";
};
Result<int> run_sweep(const SweepWords& words, const Console& console);

struct ShrinkWords {
    std::string scenario;
    std::string shop;
    std::string checker;
    std::string output;
};
Result<int> run_shrink(const ShrinkWords& words, const Console& console);

}  // namespace onsite::scenarios
