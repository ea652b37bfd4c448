#include "scenarios/shops/shop.hpp"

#include <utility>

namespace onsite::scenarios {

Shop::Shop(const ShopPolicy& policy, const ShopParts& parts)
    : settings_(parts.settings),
      process_(parts.process),
      store_(parts.store),
      provider_(parts.provider),
      policy_(policy),
      webhook_secret_(parts.webhook_secret),
      seed_(parts.seed) {}

void Shop::act(const Step& step, std::int64_t cause) {
    switch (step.action) {
        case Action::pay:
            return process_.spawn(cause, pay(step));
        case Action::change:
            return process_.spawn(cause, change(step));
        case Action::cancel:
            return process_.spawn(cause, cancel(step));
        case Action::refund:
            return process_.spawn(cause, refund(step));
    }
}

void Shop::receive(Hook hook, std::int64_t cause, HookAnswer answer) {
    process_.spawn(cause, handle(std::move(hook), std::move(answer)));
}

void Shop::resume() {
    clicks_.clear();
    if (policy_.recovery == RecoveryRule::forgets) return;
    const std::string first = order_key("");
    for (auto row = store_.rows().lower_bound(first);
         row != store_.rows().end() && row->first.starts_with(first); ++row) {
        const std::string& status = row->second["status"];
        if (status != "paying" && status != "pending" && status != "cancelling") continue;
        process_.spawn(process_.cause(), resume_order(row->first.substr(first.size())));
    }
    resume_refunds();
}

void Shop::resume_refunds() {
    const std::string first = refund_key("");
    for (auto row = store_.rows().lower_bound(first);
         row != store_.rows().end() && row->first.starts_with(first); ++row) {
        if (row->second["status"] != "asked") continue;
        const std::string refund = row->first.substr(first.size());
        process_.spawn(process_.cause(), return_part(row->second["order"], refund, true));
    }
}

Task<Done> Shop::resume_order(std::string order) {
    const Row row = co_await store_.read(order, order_key(order));
    const Payment payment = payment_of(order, row);
    if (row["status"] == "cancelling") {
        co_await give_back(payment);
    } else if (are_keys_kept(row)) {
        co_await take_payment(payment);
    }
    co_return Done{};
}

}  // namespace onsite::scenarios
