-- Manifests count towards the quota, so their bytes are added up as those of blobs are.
insert into totals (name, value)
select 'manifest_bytes', coalesce(sum(size_bytes), 0) from manifests;

drop trigger manifests_come;

create trigger manifests_come after insert on manifests begin
    update totals set value = value + 1 where name = 'manifests';
    update totals set value = value + new.size_bytes where name = 'manifest_bytes';
end;

drop trigger manifests_go;

create trigger manifests_go after delete on manifests begin
    update totals set value = value - 1 where name = 'manifests';
    update totals set value = value - old.size_bytes where name = 'manifest_bytes';
end;
