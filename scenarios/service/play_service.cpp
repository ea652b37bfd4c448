#include "scenarios/service/play_service.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "scenarios/checkers/checker.hpp"
#include "scenarios/format/names.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/player/provider.hpp"
#include "scenarios/service/service_merchant.hpp"
#include "simulator/transport/socket_server.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::size_t kServiceConnectionsMax = 64;
constexpr std::int64_t kRunsPerMsMax = 100;
constexpr std::int64_t kLookMs = 100;  // Between two looks whether it listens.

class ServicePlayer {
public:
    ServicePlayer(std::string url, ServiceSettings settings, Clock& clock)
        : url_(std::move(url)), settings_(std::move(settings)), clock_(clock) {}
    // What the service still asks for is not answered any more; then the port is free.
    ~ServicePlayer() { inbox_.close(); }
    ServicePlayer(const ServicePlayer&) = delete;

    Result<void> listen(int port) {
        auto server = simulator::SocketServer::listen(
            "127.0.0.1", port,
            [this](const HttpRequest& request, simulator::Peer) {
                auto parked = std::make_shared<ParkedRequest>(request);
                auto answer = parked->when_answered();
                inbox_.put(std::move(parked));
                return answer.get();
            },
            kServiceConnectionsMax);
        if (!server) {
            return usage_error(
                fmt::format("expected to listen on 127.0.0.1 port {} as the fake Stripe, found the "
                            "port taken or not allowed; --listen 0 takes any free port",
                            port));
        }
        server_ = std::move(*server);
        return {};
    }
    int port() const { return server_->port(); }

    Result<void> wait_for_service(std::int64_t limit_ms) {
        const std::int64_t until_ms = clock_.monotonic_ns() / kNsPerMs + limit_ms;
        while (!is_listening(settings_.address, settings_.limits.connect_ms)) {
            if (clock_.monotonic_ns() / kNsPerMs >= until_ms) {
                return usage_error(fmt::format(
                    "expected a service that listens at {} within {} s, found nobody there; start "
                    "it with the three variables above",
                    url_, limit_ms / 1000));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(kLookMs));
        }
        return {};
    }

    Result<Played> play(const Scenario& scenario) {
        if (const auto problem = why_no_service_plays(scenario)) {
            return usage_error(fmt::format("no service plays {}: {}", scenario.id, *problem));
        }
        // Of a moment of the machine, so that a service that goes on meets no name twice.
        const std::int64_t number = clock_.now_ms() * kRunsPerMsMax + runs_++;
        const std::string ending = ending_of_run(number);
        const Scenario mine = with_names_of_its_own(scenario, ending);
        std::optional<std::string> failure;
        inbox_.clear();
        const auto make = [&](const ShopParts& parts) {
            return std::make_unique<ServiceMerchant>(parts, settings_, clock_, inbox_, failure);
        };
        Played played = scenarios::play(mine, Cast{.name = "service",
                                                   .transport = "http",
                                                   .determinism = "ordered",
                                                   .id_salt = static_cast<std::uint64_t>(number),
                                                   .window_us = settings_.window_ms * 1000,
                                                   .make = make});
        if (failure) {
            return usage_error(
                fmt::format("the service at {} cannot be judged: {}", url_, *failure));
        }
        played.comparable = comparable_trace(played.trace, ending);
        return played;
    }

private:
    std::string url_;
    ServiceSettings settings_;
    Clock& clock_;
    std::int64_t runs_ = 0;
    Inbox inbox_ = {};
    std::unique_ptr<simulator::SocketServer> server_ = {};  // Goes before the inbox.
};

// What it asks for; else what its wrong shops break.
std::set<std::string> promises_of(const Scenario& scenario) {
    std::set<std::string> ids(scenario.checks.begin(), scenario.checks.end());
    if (!ids.empty()) return ids;
    for (const auto& [shop, broken] : scenario.expect) ids.insert(broken.begin(), broken.end());
    return ids;
}

void erase_all(std::string& text, std::string_view part) {
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at)) {
        text.erase(at, part.size());
    }
}

bool is_of_an_id(char c) { return is_letter(c) || is_digit(c); }

// "pi_3Nk...": its prefix and the how-manieth id it is, which is the same in every run.
class Ids {
public:
    std::string numbered(std::string_view text) {
        std::string out;
        while (!text.empty()) {
            const auto begin = text.find('_');
            std::size_t end = begin == text.npos ? text.size() : begin + 1;
            while (end < text.size() && is_of_an_id(text[end])) ++end;
            if (begin == text.npos || end - begin <= kIdLettersMin) {
                out += text.substr(0, end);
            } else {
                const auto id = std::string(text.substr(begin, end - begin));
                const auto [known, is_new] = ids_.try_emplace(id, ids_.size());
                out += fmt::format("{}_{}", text.substr(0, begin), known->second);
            }
            text.remove_prefix(end);
        }
        return out;
    }

private:
    static constexpr std::size_t kIdLettersMin = 14;
    std::map<std::string, std::size_t> ids_ = {};
};

}  // namespace

std::optional<std::string> why_no_service_plays(const Scenario& scenario) {
    if (!scenario.crashes.empty()) {
        return "it crashes the shop, and the process of a service is its owner's";
    }
    if (scenario.shop.webhook_work_us > 0) {
        return "it says how long a webhook's handler works, and nobody can tell a service that";
    }
    const auto judges = checkers_of_services();
    const auto is_judged = [&](const std::string& id) {
        return std::ranges::any_of(judges, [&](const Checker* one) { return one->id == id; });
    };
    const std::set<std::string> about = promises_of(scenario);
    if (!about.empty() && std::ranges::none_of(about, is_judged)) {
        return fmt::format("it is about {}, by which no service is judged", fmt::join(about, ", "));
    }
    return std::nullopt;
}

std::string comparable_trace(std::string_view trace, std::string_view ending) {
    std::string text;
    Ids ids;
    bool is_header = true;
    while (!trace.empty()) {
        const std::string_view line = trace.substr(0, trace.find('\n'));
        trace.remove_prefix(std::min(trace.size(), line.size() + 1));
        auto json = nlohmann::json::parse(line, nullptr, false);
        if (is_header) json = "run";
        is_header = false;
        if (json.is_object()) {
            for (const char* name : {"t", "key", "params", "body", "hash", "after_us"})
                json.erase(name);
        }
        std::string kept = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        erase_all(kept, ending);
        text += ids.numbered(kept) + '\n';
    }
    return text;
}

Result<PlayClient> open_service(const ServiceWords& words, Clock& clock,
                                const std::function<void(std::string_view)>& say) {
    auto address = parse_service_url(words.url);
    if (!address) return pass_on(address);
    const auto player = std::make_shared<ServicePlayer>(
        words.url, ServiceSettings{.address = std::move(*address), .window_ms = words.window_ms},
        clock);
    if (auto listens = player->listen(words.stripe_port); !listens) return pass_on(listens);
    say(
        fmt::format("STRIPE_API_BASE=http://127.0.0.1:{}\nSTRIPE_SECRET_KEY={}\n"
                    "STRIPE_WEBHOOK_SECRET={}",
                    player->port(), kAccountKey, kWebhookSecret));
    if (auto is_there = player->wait_for_service(words.wait_s * 1000); !is_there)
        return pass_on(is_there);
    return [player](const Scenario& scenario) { return player->play(scenario); };
}

}  // namespace onsite::scenarios
