// A shop whose payments are taken by the candidate's client: orders, webhooks and signatures are
// those of the reference, and what it asks of the provider is what the client says.
//
// A job goes to a free process. What the client waits for takes virtual time, what it thinks takes
// none; a crash of the shop ends the processes that wait at that moment, and the jobs of orders
// that are still open are delivered again when it begins again.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "exercises/4-idempotency/checks/workers.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/shops/shop.hpp"

namespace onsite::idempotency {

// What one job may ask for; a client that loops reaches it.
inline constexpr int kWishesMax = 300;

// What the trace calls such a shop.
inline constexpr std::string_view kSubject = "subject";

// Once the client has failed no job is delivered any more, and the run is worth nothing: look at
// the workers after it.
class SubjectShop final : public scenarios::Shop {
public:
    SubjectShop(const scenarios::ShopParts& parts, Workers& workers);

private:
    struct Ending {
        std::string status = {};  // Empty when the client failed.
        std::string payment_intent = {};
    };

    scenarios::Task<scenarios::Done> pay(scenarios::Step step) override;
    scenarios::Task<scenarios::Done> created(HookEvent event) override;
    scenarios::Task<scenarios::Done> resume_order(std::string order) override;
    // ---- Refunds (subject_refunds.cpp) ----
    // A job, delivered again as long as it is pending.
    scenarios::Task<scenarios::Done> return_part(std::string order, std::string id,
                                                 bool is_redelivered) override;
    // Of an order that was cancelled: everything else is asked by jobs.
    scenarios::Task<scenarios::Outcome> until_known(
        Payment& payment, std::function<scenarios::Call()> next_call) override;

    // A job of the order, now and as long as it is pending.
    scenarios::Task<scenarios::Done> deliver(std::string order, Task task, bool is_redelivered);
    // `generation`: which card of the order the job was about.
    scenarios::Task<scenarios::Done> conclude_job(std::string order, std::int64_t generation,
                                                  Ending ending);
    scenarios::Task<Ending> work(Job job);
    // What the client waits for; the text that answers it.
    scenarios::Task<std::string> grant(const Job& job, Wish wish);
    scenarios::Task<std::string> send(const Job& job, Wish wish);
    scenarios::Call call_of(const Job& job, const Wish& wish);

    Workers& workers_;
    std::map<std::string, std::int64_t> attempts_ = {};  // By operation.
    std::set<std::string> waiting_ = {};  // Orders whose job will be delivered again.
};

// Plays a scenario with the client. REQUIRES: the workers have not failed.
scenarios::Played play_subject(const scenarios::Scenario& scenario, Workers& workers);

}  // namespace onsite::idempotency
