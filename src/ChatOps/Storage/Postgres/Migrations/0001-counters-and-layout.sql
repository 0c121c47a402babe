-- The last number drawn from each series.
CREATE TABLE chatops.counters (
    series text COLLATE "C" PRIMARY KEY,
    last bigint NOT NULL
);

-- One row. The number grows whenever a collection's tables change, so that a replica that was started before notices.
CREATE TABLE chatops.layout (
    number bigint NOT NULL
);

INSERT INTO chatops.layout VALUES (0);

-- Which of these files were applied.
CREATE TABLE chatops.migrations (
    number integer PRIMARY KEY,
    name text NOT NULL,
    applied timestamptz NOT NULL DEFAULT now()
);
