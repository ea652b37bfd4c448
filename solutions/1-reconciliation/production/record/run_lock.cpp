#include "solutions/1-reconciliation/production/record/run_lock.hpp"

#include <algorithm>
#include <charconv>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include "base/file_lock.hpp"

namespace onsite::reconcile {
namespace {

class RunFileLock final : public RunLock {
public:
    explicit RunFileLock(FileLock lock) : lock_(std::move(lock)) {}

private:
    FileLock lock_;
};

// A session of its own: PostgreSQL lets go of the lock when the connection ends.
class AdvisoryLock final : public RunLock {
public:
    explicit AdvisoryLock(const std::string& where) : sql_(soci::postgresql, where) {}
    bool try_take(std::int64_t key) {
        int taken = 0;
        sql_ << "select case when pg_try_advisory_lock(:key) then 1 else 0 end", soci::use(key),
            soci::into(taken);
        return taken == 1;
    }
    void take(std::int64_t key) {
        std::string nothing;
        sql_ << "select pg_advisory_lock(:key)::text", soci::use(key), soci::into(nothing);
    }

private:
    soci::session sql_;
};

}  // namespace

Result<std::unique_ptr<RunLock>> lock_file(const std::filesystem::path& path,
                                           const std::function<void()>& on_wait) {
    auto lock = FileLock::take(path, on_wait);
    if (!lock) return pass_on(lock);
    return std::make_unique<RunFileLock>(std::move(*lock));
}

Result<std::unique_ptr<RunLock>> lock_database(const std::string& where, std::string_view key,
                                               const std::function<void()>& on_wait) {
    std::uint64_t number = 0;
    std::from_chars(key.data(), key.data() + std::min<std::size_t>(key.size(), 16), number, 16);
    auto lock = std::make_unique<AdvisoryLock>(where);
    if (!lock->try_take(static_cast<std::int64_t>(number))) {
        on_wait();
        lock->take(static_cast<std::int64_t>(number));
    }
    return lock;
}

}  // namespace onsite::reconcile
