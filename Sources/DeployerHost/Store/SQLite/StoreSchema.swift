internal import GRDB

/// The tables of the store. A change of them is another migration at the end; none is ever changed.
enum StoreSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("deployments") { database in
            try database.execute(sql: deployments)
        }
        migrator.registerMigration("resumable deployments") { database in
            try database.execute(
                sql: "ALTER TABLE deployment ADD COLUMN isResumable INTEGER NOT NULL DEFAULT 0"
            )
        }
        migrator.registerMigration("what owners were") { database in
            try database.execute(sql: "ALTER TABLE deployment ADD COLUMN ownerStanding TEXT")
        }
        migrator.registerMigration("how often work has gone on by itself") { database in
            try database.execute(sql: "ALTER TABLE deployment ADD COLUMN resumptions INTEGER NOT NULL DEFAULT 0")
        }
        return migrator
    }

    private static let deployments = """
        CREATE TABLE plan (
            digest TEXT NOT NULL PRIMARY KEY,
            json BLOB NOT NULL
        ) WITHOUT ROWID, STRICT;

        CREATE TABLE deployment (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            ownerID TEXT NOT NULL,
            ownerName TEXT NOT NULL,
            solutionID TEXT NOT NULL,
            revisionID TEXT NOT NULL,
            target TEXT NOT NULL,
            solutionName TEXT,
            solutionVersion TEXT,
            options TEXT NOT NULL,
            server TEXT,
            namespace TEXT,
            state TEXT NOT NULL,
            operation TEXT NOT NULL,
            isCancelling INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            created REAL NOT NULL,
            updated REAL NOT NULL,
            finished REAL,
            planDigest TEXT REFERENCES plan (digest),
            blueprintDigest TEXT,
            failure TEXT,
            links TEXT NOT NULL,
            artifact TEXT,
            replacedBy TEXT,
            lastEvent INTEGER NOT NULL,
            requestKey TEXT,
            requestDigest TEXT,
            UNIQUE (ownerID, requestKey)
        ) STRICT;
        CREATE INDEX deploymentByOwner ON deployment (ownerID, number);
        CREATE INDEX deploymentByState ON deployment (state);
        CREATE INDEX deploymentByPlace ON deployment (target, server, namespace);
        CREATE INDEX deploymentByPlan ON deployment (planDigest);

        CREATE TABLE event (
            deployment TEXT NOT NULL REFERENCES deployment (id) ON DELETE CASCADE,
            id INTEGER NOT NULL,
            time REAL NOT NULL,
            kind TEXT NOT NULL,
            node TEXT,
            state TEXT,
            text TEXT NOT NULL,
            remedy TEXT,
            logs TEXT,
            url TEXT,
            PRIMARY KEY (deployment, id)
        ) WITHOUT ROWID, STRICT;

        CREATE TABLE artifact (
            deployment TEXT NOT NULL PRIMARY KEY REFERENCES deployment (id) ON DELETE CASCADE,
            content BLOB NOT NULL
        ) STRICT;
        """
}
