-- The bytes of small blobs (image configurations, signatures, attestations) stand beside their rows, as a manifest's do: a push of
-- one is a single transaction that shares its fsync with others, where a file of its own would cost two more. A blob without
-- a row here is a file.
create table small_blobs (
    digest text not null primary key references blobs (digest) on delete cascade,
    bytes  blob not null
);
