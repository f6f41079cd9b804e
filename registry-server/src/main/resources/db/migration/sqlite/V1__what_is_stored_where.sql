-- Digests are text, `sha256:ab12…`, and times milliseconds since 1970: who looks inside with sqlite3 can read them.
-- Every lookup of the server has its index here; nothing walks a table to answer a request.

create table repositories (
    id   integer primary key,
    name text not null unique
);

-- Blobs whose bytes are durable in the content store. A row goes, and then its bytes, when nothing references or leases it.
create table blobs (
    digest     text    not null primary key,
    size_bytes integer not null
) without rowid;

-- Which repository has which blob: without a row here, a blob does not exist for the readers of that repository.
create table repository_blobs (
    repository_id integer not null references repositories (id),
    digest        text    not null references blobs (digest),
    primary key (repository_id, digest)
) without rowid;

create index repository_blobs_by_digest on repository_blobs (digest);

-- A manifest's bytes stand in its row, as they came: storing it is one transaction, with no file to agree with.
create table manifests (
    repository_id integer not null references repositories (id),
    digest        text    not null,
    media_type    text    not null,
    size_bytes    integer not null,
    pushed_at     integer not null,
    bytes         blob    not null,
    primary key (repository_id, digest)
);

-- What a manifest needs: collection asks by the blob, deletion by the manifest.
create table manifest_blobs (
    repository_id integer not null,
    manifest      text    not null,
    blob          text    not null,
    primary key (repository_id, manifest, blob),
    foreign key (repository_id, manifest) references manifests (repository_id, digest) on delete cascade
) without rowid;

create index manifest_blobs_by_blob on manifest_blobs (blob, repository_id);

-- The manifests that an index lists. A child may be deleted before its parent: no foreign key on it.
create table manifest_children (
    repository_id integer not null,
    manifest      text    not null,
    child         text    not null,
    primary key (repository_id, manifest, child),
    foreign key (repository_id, manifest) references manifests (repository_id, digest) on delete cascade
) without rowid;

create index manifest_children_by_child on manifest_children (repository_id, child);

-- Manifests with a subject, which may come later than they do. Annotations are a JSON object, for the referrers list.
create table referrers (
    repository_id integer not null,
    subject       text    not null,
    digest        text    not null,
    artifact_type text,
    annotations   text    not null,
    primary key (repository_id, subject, digest),
    foreign key (repository_id, digest) references manifests (repository_id, digest) on delete cascade
) without rowid;

create index referrers_by_artifact_type on referrers (repository_id, subject, artifact_type, digest);
create index referrers_by_digest on referrers (repository_id, digest);

create table tags (
    repository_id integer not null,
    name          text    not null,
    digest        text    not null,
    updated_at    integer not null,
    primary key (repository_id, name),
    foreign key (repository_id, digest) references manifests (repository_id, digest) on delete cascade
) without rowid;

create index tags_by_digest on tags (repository_id, digest);

-- Uploads that go on over many requests. The repository is a name: an upload alone does not bring one about.
create table uploads (
    id           text    not null primary key,
    repository   text    not null,
    owner        text    not null,
    algorithm    text    not null,
    offset_bytes integer not null,
    started_at   integer not null,
    updated_at   integer not null
) without rowid;

create index uploads_by_update on uploads (updated_at);

-- Until when a blob must stay that a push has uploaded, mounted or been told exists, though no manifest names it yet.
create table leases (
    repository_id integer not null references repositories (id),
    digest        text    not null,
    expires_at    integer not null,
    primary key (digest, repository_id)
) without rowid;

create index leases_by_expiry on leases (expires_at);
create index leases_by_repository on leases (repository_id);

-- How much there is, kept up by the triggers below, since counting rows would walk them.
create table totals (
    name  text    not null primary key,
    value integer not null
) without rowid;

insert into totals (name, value)
values ('repositories', 0), ('tags', 0), ('manifests', 0), ('blobs', 0), ('blob_bytes', 0), ('uploads', 0);

create trigger repositories_come after insert on repositories begin
    update totals set value = value + 1 where name = 'repositories';
end;

create trigger repositories_go after delete on repositories begin
    update totals set value = value - 1 where name = 'repositories';
end;

create trigger tags_come after insert on tags begin
    update totals set value = value + 1 where name = 'tags';
end;

create trigger tags_go after delete on tags begin
    update totals set value = value - 1 where name = 'tags';
end;

create trigger manifests_come after insert on manifests begin
    update totals set value = value + 1 where name = 'manifests';
end;

create trigger manifests_go after delete on manifests begin
    update totals set value = value - 1 where name = 'manifests';
end;

create trigger blobs_come after insert on blobs begin
    update totals set value = value + 1 where name = 'blobs';
    update totals set value = value + new.size_bytes where name = 'blob_bytes';
end;

create trigger blobs_go after delete on blobs begin
    update totals set value = value - 1 where name = 'blobs';
    update totals set value = value - old.size_bytes where name = 'blob_bytes';
end;

create trigger uploads_come after insert on uploads begin
    update totals set value = value + 1 where name = 'uploads';
end;

create trigger uploads_go after delete on uploads begin
    update totals set value = value - 1 where name = 'uploads';
end;
