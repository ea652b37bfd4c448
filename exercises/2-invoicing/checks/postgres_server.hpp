// A PostgreSQL of our own for the length of one check: a cluster in a private folder, reached
// through a socket in it and not through the network, ended by its id.
//
// A stranger's statements run as a role that owns one empty database and nothing else: no file, no
// program, no other role. The server itself is an unprivileged process, also when we are root.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace onsite::invoicing {

// Two seconds on an idle machine; a busy one is not held against the candidate.
inline constexpr std::int64_t kPostgresStartMs = 120'000;
inline constexpr int kPostgresStatementMs = 5'000;

// The programs of the newest version under that folder ("/usr/lib/postgresql"), or nothing.
std::filesystem::path find_postgres_programs(const std::filesystem::path& folder);

// Thread safety: none.
class PostgresServer {
public:
    // Errors: tool.
    static Result<PostgresServer> start(const std::filesystem::path& programs, Clock& clock);

    PostgresServer(PostgresServer&&) noexcept;
    ~PostgresServer();

    // Where all of it is; gone when this is.
    const std::filesystem::path& folder() const;

    // Runs one statement as the role without rights; PostgreSQL refuses a second one behind it.
    // The rows as text, NULL as empty text. Errors: usage, what PostgreSQL says, on one line.
    using Rows = std::vector<std::vector<std::string>>;
    Result<Rows> run(const std::string& statement) const;

private:
    struct Cluster;
    explicit PostgresServer(std::unique_ptr<Cluster> cluster);

    std::unique_ptr<Cluster> cluster_;
};

}  // namespace onsite::invoicing
