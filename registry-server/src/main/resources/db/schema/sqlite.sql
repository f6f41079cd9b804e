CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);

CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");

CREATE TABLE repositories (
    id   integer primary key,
    name text not null unique
);

CREATE TABLE blobs (
    digest     text    not null primary key,
    size_bytes integer not null
) without rowid;

CREATE TABLE repository_blobs (
    repository_id integer not null references repositories (id),
    digest        text    not null references blobs (digest),
    primary key (repository_id, digest)
) without rowid;

CREATE INDEX repository_blobs_by_digest on repository_blobs (digest);

CREATE TABLE manifests (
    repository_id integer not null references repositories (id),
    digest        text    not null,
    media_type    text    not null,
    size_bytes    integer not null,
    pushed_at     integer not null,
    bytes         blob    not null,
    primary key (repository_id, digest)
);

CREATE TABLE manifest_blobs (
    repository_id integer not null,
    manifest      text    not null,
    blob          text    not null,
    primary key (repository_id, manifest, blob),
    foreign key (repository_id, manifest) references manifests (repository_id, digest) on delete cascade
) without rowid;

CREATE INDEX manifest_blobs_by_blob on manifest_blobs (blob, repository_id);

CREATE TABLE manifest_children (
    repository_id integer not null,
    manifest      text    not null,
    child         text    not null,
    primary key (repository_id, manifest, child),
    foreign key (repository_id, manifest) references manifests (repository_id, digest) on delete cascade
) without rowid;

CREATE INDEX manifest_children_by_child on manifest_children (repository_id, child);

CREATE TABLE referrers (
    repository_id integer not null,
    subject       text    not null,
    digest        text    not null,
    artifact_type text,
    annotations   text    not null,
    primary key (repository_id, subject, digest),
    foreign key (repository_id, digest) references manifests (repository_id, digest) on delete cascade
) without rowid;

CREATE INDEX referrers_by_artifact_type on referrers (repository_id, subject, artifact_type, digest);

CREATE INDEX referrers_by_digest on referrers (repository_id, digest);

CREATE TABLE tags (
    repository_id integer not null,
    name          text    not null,
    digest        text    not null,
    updated_at    integer not null,
    primary key (repository_id, name),
    foreign key (repository_id, digest) references manifests (repository_id, digest) on delete cascade
) without rowid;

CREATE INDEX tags_by_digest on tags (repository_id, digest);

CREATE TABLE uploads (
    id           text    not null primary key,
    repository   text    not null,
    owner        text    not null,
    algorithm    text    not null,
    offset_bytes integer not null,
    started_at   integer not null,
    updated_at   integer not null
) without rowid;

CREATE INDEX uploads_by_update on uploads (updated_at);

CREATE TABLE leases (
    repository_id integer not null references repositories (id),
    digest        text    not null,
    expires_at    integer not null,
    primary key (digest, repository_id)
) without rowid;

CREATE INDEX leases_by_expiry on leases (expires_at);

CREATE INDEX leases_by_repository on leases (repository_id);

CREATE TABLE totals (
    name  text    not null primary key,
    value integer not null
) without rowid;

CREATE TABLE removals (
    digest     text    not null primary key,
    size_bytes integer not null
) without rowid;

CREATE TABLE loose_manifests (
    repository_id integer not null,
    digest        text    not null,
    since         integer,
    primary key (repository_id, digest)
) without rowid;

CREATE INDEX loose_manifests_by_time on loose_manifests (since);

CREATE INDEX uploads_by_owner on uploads (owner);

CREATE TABLE small_blobs (
    digest text not null primary key references blobs (digest) on delete cascade,
    bytes  blob not null
);

CREATE TABLE mirrored_tags (
    repository_id integer not null,
    name          text    not null,
    checked_at    integer not null, -- when the upstream last said where it stands
    copied        text,             -- what of the image a sync has copied whole; null: what somebody asked for
    primary key (repository_id, name),
    foreign key (repository_id, name) references tags (repository_id, name) on delete cascade
) without rowid;

CREATE TABLE mirrored_manifests (
    repository_id integer not null,
    digest        text    not null,
    primary key (repository_id, digest),
    foreign key (repository_id, digest) references manifests (repository_id, digest) on delete cascade
) without rowid;

CREATE TABLE mirror_syncs (
    mirror       text    not null primary key,
    started_at   integer not null,
    ended_at     integer,
    succeeded_at integer,
    request      text    not null, -- the last wish to sync now that was acted on
    selection    text    not null  -- what was to be copied, so that a change is
) without rowid;

CREATE TABLE build_times (
    repository text    not null,
    tag        text    not null,
    digest     text    not null,
    built_at   integer not null,
    primary key (repository, tag)
) without rowid;

insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success)
values (1, '1', 'what is stored where', 'SQL', 'V1__what_is_stored_where.sql', 724350644, '', '2026-01-01 00:00:00.000', 0, 1);

insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success)
values (2, '2', 'what is not needed any more', 'SQL', 'V2__what_is_not_needed_any_more.sql', 52308787, '', '2026-01-01 00:00:00.000', 0, 1);

insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success)
values (3, '3', 'small blobs', 'SQL', 'V3__small_blobs.sql', 2015351626, '', '2026-01-01 00:00:00.000', 0, 1);

insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success)
values (4, '4', 'what mirrors brought', 'SQL', 'V4__what_mirrors_brought.sql', -208718195, '', '2026-01-01 00:00:00.000', 0, 1);

insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success)
values (5, '5', 'bytes of manifests', 'SQL', 'V5__bytes_of_manifests.sql', 721353186, '', '2026-01-01 00:00:00.000', 0, 1);

insert into totals (name, value)
values ('blob_bytes', 0);

insert into totals (name, value)
values ('blobs', 0);

insert into totals (name, value)
values ('manifest_bytes', 0);

insert into totals (name, value)
values ('manifests', 0);

insert into totals (name, value)
values ('repositories', 0);

insert into totals (name, value)
values ('tags', 0);

insert into totals (name, value)
values ('uploads', 0);

CREATE TRIGGER repositories_come after insert on repositories begin
    update totals set value = value + 1 where name = 'repositories';
end;

CREATE TRIGGER repositories_go after delete on repositories begin
    update totals set value = value - 1 where name = 'repositories';
end;

CREATE TRIGGER tags_come after insert on tags begin
    update totals set value = value + 1 where name = 'tags';
end;

CREATE TRIGGER tags_go after delete on tags begin
    update totals set value = value - 1 where name = 'tags';
end;

CREATE TRIGGER blobs_come after insert on blobs begin
    update totals set value = value + 1 where name = 'blobs';
    update totals set value = value + new.size_bytes where name = 'blob_bytes';
end;

CREATE TRIGGER blobs_go after delete on blobs begin
    update totals set value = value - 1 where name = 'blobs';
    update totals set value = value - old.size_bytes where name = 'blob_bytes';
end;

CREATE TRIGGER uploads_come after insert on uploads begin
    update totals set value = value + 1 where name = 'uploads';
end;

CREATE TRIGGER uploads_go after delete on uploads begin
    update totals set value = value - 1 where name = 'uploads';
end;

CREATE TRIGGER manifest_blobs_go after delete on manifest_blobs begin
    insert into leases (repository_id, digest, expires_at) values (old.repository_id, old.blob, 0)
    on conflict do nothing;
end;

CREATE TRIGGER manifests_leave after delete on manifests begin
    -- Asks about the manifest's own digest, so that a repository is looked at whose last manifest names no blob.
    insert into leases (repository_id, digest, expires_at) values (old.repository_id, old.digest, 0)
    on conflict do nothing;
    insert into loose_manifests (repository_id, digest)
    select repository_id, digest from referrers
    where repository_id = old.repository_id and subject = old.digest
    on conflict do update set since = null;
    delete from loose_manifests where repository_id = old.repository_id and digest = old.digest;
end;

CREATE TRIGGER manifest_children_go after delete on manifest_children begin
    insert into loose_manifests (repository_id, digest) values (old.repository_id, old.child)
    on conflict do update set since = null;
end;

CREATE TRIGGER tags_leave after delete on tags begin
    insert into loose_manifests (repository_id, digest) values (old.repository_id, old.digest)
    on conflict do update set since = null;
end;

CREATE TRIGGER tags_move after update of digest on tags when old.digest <> new.digest begin
    insert into loose_manifests (repository_id, digest) values (old.repository_id, old.digest)
    on conflict do update set since = null;
end;

CREATE TRIGGER repositories_leave after delete on repositories begin
    delete from loose_manifests where repository_id = old.id;
end;

CREATE TRIGGER manifests_come after insert on manifests begin
    update totals set value = value + 1 where name = 'manifests';
    update totals set value = value + new.size_bytes where name = 'manifest_bytes';
end;

CREATE TRIGGER manifests_go after delete on manifests begin
    update totals set value = value - 1 where name = 'manifests';
    update totals set value = value - old.size_bytes where name = 'manifest_bytes';
end;
