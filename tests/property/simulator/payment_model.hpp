// What payment intents and the balance must be after any commands, written from Stripe's
// documentation and without a look at the simulator: a few numbers and no objects.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace onsite::simulator::testing {

enum class ModelCard { good, declined, authenticated, disputed };
inline constexpr ModelCard kModelCards[] = {ModelCard::good, ModelCard::declined,
                                            ModelCard::authenticated, ModelCard::disputed};
inline constexpr const char* kModelCardNames[] = {"pm_card_visa", "pm_card_visa_chargeDeclined",
                                                  "pm_card_threeDSecure2Required",
                                                  "pm_card_createDispute"};

struct ModelIntent {
    std::int64_t amount = 0;
    bool is_manual = false;
    std::string status = "requires_payment_method";
    int card = -1;  // Of kModelCards; -1: none.
    std::int64_t capturable = 0;
    std::int64_t received = 0;
    std::int64_t refunded = 0;
    std::int64_t held_at = 0;
    bool is_disputed = false;

    bool is_open() const {
        return status == "requires_payment_method" || status == "requires_confirmation" ||
               status == "requires_action";
    }
};

// Each command says the HTTP status that it must answer with.
class PaymentModel {
public:
    static constexpr std::int64_t kDayS = 86'400;

    std::vector<ModelIntent> intents;
    std::int64_t now_s = 0;

    void create(std::int64_t amount, bool is_manual) {
        intents.push_back({.amount = amount, .is_manual = is_manual});
    }

    // `card` -1: the one that it has.
    int confirm(ModelIntent& intent, int card) {
        if (!intent.is_open() || (card < 0 && intent.card < 0)) return 400;
        if (card >= 0) intent.card = card;
        switch (kModelCards[intent.card]) {
            case ModelCard::declined:
                intent.status = "requires_payment_method";
                intent.card = -1;
                return 402;
            case ModelCard::authenticated:
                intent.status = "requires_action";
                return 200;
            case ModelCard::good:
            case ModelCard::disputed:
                return pay(intent);
        }
        return 0;
    }

    bool authenticate(ModelIntent& intent, bool succeeds) {
        if (intent.status != "requires_action") return false;
        if (succeeds) return pay(intent) == 200;
        intent.status = "requires_payment_method";
        intent.card = -1;
        return true;
    }

    int capture(ModelIntent& intent, std::int64_t amount) {
        if (intent.status != "requires_capture" || amount > intent.capturable) return 400;
        take(intent, amount);
        return 200;
    }

    int cancel(ModelIntent& intent) {
        if (intent.status == "succeeded" || intent.status == "canceled") return 400;
        intent.status = "canceled";
        intent.capturable = 0;
        return 200;
    }

    int refund(ModelIntent& intent, std::int64_t amount) {
        if (intent.status != "succeeded" || intent.is_disputed) return 400;
        if (amount > intent.received - intent.refunded) return 400;
        intent.refunded += amount;
        available_ -= amount;
        return 200;
    }

    int change_amount(ModelIntent& intent, std::int64_t amount) {
        if (!intent.is_open()) return 400;
        intent.amount = amount;
        return 200;
    }

    int pay_out(std::int64_t amount) {
        if (amount > available()) return 400;
        available_ -= amount;
        return 200;
    }

    void wait(std::int64_t seconds) {
        now_s += seconds;
        for (ModelIntent& intent : intents) {
            if (intent.status == "requires_capture" && intent.held_at + 7 * kDayS <= now_s) {
                cancel(intent);
            }
        }
    }

    std::int64_t available() const {
        std::int64_t sum = available_;
        for (const auto& [moment, net] : payments_) sum += moment + 2 * kDayS <= now_s ? net : 0;
        return sum;
    }
    std::int64_t pending() const {
        std::int64_t sum = 0;
        for (const auto& [moment, net] : payments_) sum += moment + 2 * kDayS > now_s ? net : 0;
        return sum;
    }

private:
    int pay(ModelIntent& intent) {
        if (!intent.is_manual) return take(intent, intent.amount), 200;
        intent.status = "requires_capture";
        intent.capturable = intent.amount;
        intent.held_at = now_s;
        return 200;
    }

    void take(ModelIntent& intent, std::int64_t amount) {
        intent.status = "succeeded";
        intent.capturable = 0;
        intent.received = amount;
        // 2.9 % + 30, half a cent upwards.
        const std::int64_t thousandths = amount * 29;
        const std::int64_t fee = thousandths / 1000 + (thousandths % 1000 >= 500 ? 1 : 0) + 30;
        payments_.emplace_back(now_s, amount - fee);
        if (kModelCards[intent.card] != ModelCard::disputed) return;
        intent.is_disputed = true;
        available_ -= amount + 1500;
    }

    std::int64_t available_ = 0;                                   // Without the payments.
    std::vector<std::pair<std::int64_t, std::int64_t>> payments_;  // When, and what is left.
};

}  // namespace onsite::simulator::testing
