#include "exercises/2-invoicing/checks/postgres_server.hpp"

#include <algorithm>
#include <csignal>
#include <optional>
#include <pwd.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <postgresql/libpq-fe.h>

#include "base/escape.hpp"
#include "exercises/2-invoicing/checks/cluster_folder.hpp"
#include "harness/isolation/child.hpp"

namespace onsite::invoicing {

namespace fs = std::filesystem;

// Named, because what is kept in a Cluster must have a name when all files are compiled as one.
namespace parts {

constexpr const char* kOwner = "onsite";
constexpr const char* kRole = "candidate";
constexpr int kEndMs = 5'000;
constexpr rlim_t kFileBytesMax = 256 << 20;

// PostgreSQL refuses to be root, and initdb wants a user that has a name.
Result<std::optional<uid_t>> server_user() {
    if (geteuid() != 0) return std::optional<uid_t>();
    const passwd* nobody = getpwnam("nobody");
    if (nobody == nullptr) return tool_error("expected a user called nobody to run PostgreSQL as");
    return std::optional<uid_t>(nobody->pw_uid);
}

// A process that we started; ended and waited for when this goes.
class Server {
public:
    static Result<Server> start(const fs::path& program, std::vector<std::string> arguments,
                                std::optional<uid_t> user) {
        ChildSpec spec{.program = program.string(),
                       .arguments = std::move(arguments),
                       .environment = {"LC_ALL=C", "TZ=UTC"},
                       .user = user};
        spec.resource_limits = {{RLIMIT_FSIZE, kFileBytesMax, kFileBytesMax}, {RLIMIT_CORE, 0, 0}};
        auto child = start_child(spec);
        if (!child) return pass_on(child);
        return Server(std::move(*child));
    }

    explicit Server(Child child) : child_(std::move(child)) {}
    Server(Server&& other) noexcept
        : child_(std::move(other.child_)), is_ours_(std::exchange(other.is_ours_, false)) {}
    ~Server() {
        if (!is_ours_) return;
        // Ends at once and recovers never: nothing of it is kept.
        kill(child_.pid, SIGQUIT);
        if (!wait(kEndMs)) {
            child_.handle.kill();
            wait(kEndMs);
        }
    }

    // The exit status, -1 when a signal ended it; nothing while it runs on. What it prints is read
    // meanwhile and thrown away, so that it never waits for us.
    std::optional<int> wait(int wait_ms) {
        constexpr int kSliceMs = 20;
        for (int waited = 0; !child_.handle.has_ended(kSliceMs); waited += kSliceMs) {
            drain();
            if (waited >= wait_ms) return std::nullopt;
        }
        int status = 0;
        waitpid(child_.pid, &status, 0);
        is_ours_ = false;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    std::string said() {
        drain();
        return escaped_tail(said_, 400);
    }

private:
    void drain() {
        char buffer[4096];
        for (const Descriptor* stream : {&child_.stdout_pipe, &child_.stderr_pipe}) {
            for (ssize_t got = 1; got > 0;) {
                got = read(stream->get(), buffer, sizeof buffer);
                if (got > 0 && stream == &child_.stderr_pipe && said_.size() < sizeof buffer) {
                    said_.append(buffer, static_cast<std::size_t>(got));
                }
            }
        }
    }

    Child child_;
    std::string said_;
    bool is_ours_ = true;
};

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, CloseConnection>;
struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};

Connection connect(const fs::path& folder, const char* role, const char* database) {
    const std::string host = folder.string();
    const char* names[] = {"host", "user", "dbname", "connect_timeout", nullptr};
    const char* values[] = {host.c_str(), role, database, "5", nullptr};
    return Connection(PQconnectdbParams(names, values, 0));
}

std::string one_line(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return harmless(text.substr(0, 400), Lines::one);
}

Result<PostgresServer::Rows> run_on(PGconn* connection, const std::string& statement) {
    // The extended protocol takes one statement, whatever is in the text.
    const std::unique_ptr<PGresult, ClearResult> result(
        PQexecParams(connection, statement.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const char* said = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
        return usage_error(one_line(said == nullptr ? PQerrorMessage(connection) : said));
    }
    PostgresServer::Rows rows;
    for (int i = 0; i < PQntuples(result.get()); ++i) {
        auto& row = rows.emplace_back();
        for (int j = 0; j < PQnfields(result.get()); ++j) {
            row.emplace_back(PQgetvalue(result.get(), i, j));
        }
    }
    return rows;
}

Result<void> make_cluster(const fs::path& programs, const fs::path& data,
                          std::optional<uid_t> user) {
    auto made = Server::start(programs / "initdb",
                              {"-A", "trust", "-U", kOwner, "-N", "--no-instructions", "-E", "UTF8",
                               "--locale=C", "-D", data.string()},
                              user);
    if (!made) return pass_on(made);
    const auto status = made->wait(static_cast<int>(kPostgresStartMs));
    if (status == 0) return {};
    return tool_error(fmt::format("PostgreSQL's initdb failed: {}", made->said()));
}

// What the stranger's role may do, and how long.
Result<void> make_role(PGconn* owner) {
    const std::string statements[] = {
        fmt::format("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION "
                    "CONNECTION LIMIT 2",
                    kRole),
        fmt::format("CREATE DATABASE {0} OWNER {0}", kRole),
        fmt::format("ALTER ROLE {} SET statement_timeout = {}", kRole, kPostgresStatementMs),
        fmt::format("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")};
    for (const std::string& statement : statements) {
        if (auto done = run_on(owner, statement); !done) return tool_error(done.error().message);
    }
    return {};
}

}  // namespace parts

using namespace parts;

fs::path find_postgres_programs(const fs::path& folder) {
    std::error_code ignored;
    std::pair<int, fs::path> newest;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        const fs::path programs = entry.path() / "bin";
        if (!fs::exists(programs / "postgres", ignored) ||
            !fs::exists(programs / "initdb", ignored)) {
            continue;
        }
        newest = std::max(newest, {std::atoi(entry.path().filename().c_str()), programs});
    }
    return newest.second;
}

// Members end in reverse order: the connection, the server, the folder.
struct PostgresServer::Cluster {
    ClusterFolder folder;
    std::optional<Server> server = std::nullopt;
    Connection candidate = nullptr;
};

PostgresServer::PostgresServer(std::unique_ptr<Cluster> cluster) : cluster_(std::move(cluster)) {}
PostgresServer::PostgresServer(PostgresServer&&) noexcept = default;
PostgresServer::~PostgresServer() = default;

Result<PostgresServer> PostgresServer::start(const fs::path& programs, Clock& clock) {
    auto user = server_user();
    if (!user) return pass_on(user);
    auto folder = ClusterFolder::create(*user, cluster_places());
    if (!folder) return pass_on(folder);
    const fs::path place = folder->path();
    auto cluster = std::make_unique<Cluster>(Cluster{.folder = std::move(*folder)});
    if (auto made = make_cluster(programs, place / "data", *user); !made) return pass_on(made);
    auto server =
        Server::start(programs / "postgres",
                      {"-D", (place / "data").string(), "-k", place.string(),
                       "-c", "listen_addresses=",       "-c", "fsync=off",
                       "-c", "shared_buffers=16MB",     "-c", "dynamic_shared_memory_type=mmap",
                       "-c", "max_connections=8",       "-c", "autovacuum=off",
                       "-c", "log_min_messages=panic",  "-c", "temp_file_limit=64MB"},
                      *user);
    if (!server) return pass_on(server);
    cluster->server.emplace(std::move(*server));
    const std::int64_t deadline = clock.monotonic_ns() + kPostgresStartMs * kNsPerMs;
    Connection owner = connect(place, kOwner, "postgres");
    while (PQstatus(owner.get()) != CONNECTION_OK) {
        constexpr int kAgainMs = 20;
        if (clock.monotonic_ns() > deadline || cluster->server->wait(kAgainMs)) {
            return tool_error("PostgreSQL did not start: " + cluster->server->said());
        }
        owner = connect(place, kOwner, "postgres");
    }
    if (auto made = make_role(owner.get()); !made) return pass_on(made);
    cluster->candidate = connect(place, kRole, kRole);
    if (PQstatus(cluster->candidate.get()) != CONNECTION_OK) {
        return tool_error(one_line(PQerrorMessage(cluster->candidate.get())));
    }
    return PostgresServer(std::move(cluster));
}

const fs::path& PostgresServer::folder() const { return cluster_->folder.path(); }

Result<PostgresServer::Rows> PostgresServer::run(const std::string& statement) const {
    return run_on(cluster_->candidate.get(), statement);
}

}  // namespace onsite::invoicing
