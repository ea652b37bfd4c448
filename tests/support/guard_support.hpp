// What tests of the guard put around it: work that can be counted, and processes that die.
#pragma once

#include <map>
#include <string>

#include <fmt/format.h>

#include "solutions/4-idempotency/guard/guard.hpp"

namespace onsite::idempotency {

struct Died {};  // Thrown where a process dies.

// What stands behind the guarded work: a provider that charges once for each downstream key.
class Provider {
public:
    Response charge(const Work& work) {
        const auto [at, is_new] = charges_.try_emplace(work.downstream_key, charges_.size() + 1);
        return {.status = 201, .body = fmt::format(R"({{"charge":{}}})", at->second)};
    }
    std::size_t charges() const { return charges_.size(); }

private:
    std::map<std::string, std::size_t> charges_;
};

// Dies after its n-th step: each call of the store is one before it and one after it.
class MortalStore final : public KeyStore {
public:
    MortalStore(KeyStore& store, int steps) : store_(store), left_(steps) {}
    void step() {
        if (left_-- == 0) throw Died();
    }
    Result<Standing> insert(const KeyRow& row) override {
        return around([&] { return store_.insert(row); });
    }
    Result<bool> take_over(const KeyRow& seen, std::int64_t now, std::int64_t until) override {
        return around([&] { return store_.take_over(seen, now, until); });
    }
    Result<bool> finish(const KeyRow& mine, const Response& response) override {
        return around([&] { return store_.finish(mine, response); });
    }
    Result<void> give_up(const KeyRow& mine) override {
        return around([&] { return store_.give_up(mine); });
    }
    Result<std::int64_t> forget(std::int64_t before) override { return store_.forget(before); }

private:
    template <typename Call>
    auto around(const Call& call) {
        step();
        auto result = call();
        step();
        return result;
    }
    KeyStore& store_;
    int left_;
};

}  // namespace onsite::idempotency
