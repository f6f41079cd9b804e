-- Tags that a mirror has set. A tag without a row here is a person's: no mirror moves or prunes it. A push takes the row away, and
-- so does whatever takes the tag.
create table mirrored_tags (
    repository_id integer not null,
    name          text    not null,
    checked_at    integer not null, -- when the upstream last said where it stands
    copied        text,             -- what of the image a sync has copied whole; null: what somebody asked for
    primary key (repository_id, name),
    foreign key (repository_id, name) references tags (repository_id, name) on delete cascade
) without rowid;

-- Manifests that only mirrors have stored; the others are people's, and aren't pruned.
create table mirrored_manifests (
    repository_id integer not null,
    digest        text    not null,
    primary key (repository_id, digest),
    foreign key (repository_id, digest) references manifests (repository_id, digest) on delete cascade
) without rowid;

-- How far scheduled mirrors are, so that a restart goes on where it was. No end: it was running when the server stopped.
create table mirror_syncs (
    mirror       text    not null primary key,
    started_at   integer not null,
    ended_at     integer,
    succeeded_at integer,
    request      text    not null, -- the last wish to sync now that was acted on
    selection    text    not null  -- what was to be copied, so that a change is
) without rowid;

-- When images were built, for mirrors that keep the newest: asked of the upstream once for each that a tag stands at.
create table build_times (
    repository text    not null,
    tag        text    not null,
    digest     text    not null,
    built_at   integer not null,
    primary key (repository, tag)
) without rowid;
