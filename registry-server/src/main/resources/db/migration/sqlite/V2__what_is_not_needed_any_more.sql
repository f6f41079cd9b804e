-- A lease that is over is a question to collection: does that repository still need that blob? Each blob comes with a lease; what
-- may make one needless from then on asks again, by a lease that was over since 1970. One that still runs is left alone.
-- So collection reads what has changed, by leases_by_expiry, and never looks through a table.

create trigger manifest_blobs_go after delete on manifest_blobs begin
    insert into leases (repository_id, digest, expires_at) values (old.repository_id, old.blob, 0)
    on conflict do nothing;
end;

-- Blobs without a row whose bytes may still be there: written in the transaction that takes the row, gone after the bytes are.
create table removals (
    digest     text    not null primary key,
    size_bytes integer not null
) without rowid;

-- Manifests that may have lost what kept them (a tag, an index, a subject), and since when; null until collection has looked, since
-- it is the server that knows the time. Collection drops the rows of those that something keeps.
create table loose_manifests (
    repository_id integer not null,
    digest        text    not null,
    since         integer,
    primary key (repository_id, digest)
) without rowid;

create index loose_manifests_by_time on loose_manifests (since);

insert into loose_manifests (repository_id, digest) select repository_id, digest from manifests;

create trigger manifests_leave after delete on manifests begin
    -- Asks about the manifest's own digest, so that a repository is looked at whose last manifest names no blob.
    insert into leases (repository_id, digest, expires_at) values (old.repository_id, old.digest, 0)
    on conflict do nothing;
    insert into loose_manifests (repository_id, digest)
    select repository_id, digest from referrers
    where repository_id = old.repository_id and subject = old.digest
    on conflict do update set since = null;
    delete from loose_manifests where repository_id = old.repository_id and digest = old.digest;
end;

create trigger manifest_children_go after delete on manifest_children begin
    insert into loose_manifests (repository_id, digest) values (old.repository_id, old.child)
    on conflict do update set since = null;
end;

create trigger tags_leave after delete on tags begin
    insert into loose_manifests (repository_id, digest) values (old.repository_id, old.digest)
    on conflict do update set since = null;
end;

create trigger tags_move after update of digest on tags when old.digest <> new.digest begin
    insert into loose_manifests (repository_id, digest) values (old.repository_id, old.digest)
    on conflict do update set since = null;
end;

-- An id may be given again: what was noted under it must not outlive its repository.
create trigger repositories_leave after delete on repositories begin
    delete from loose_manifests where repository_id = old.id;
end;

-- For the limit of open uploads per user.
create index uploads_by_owner on uploads (owner);
