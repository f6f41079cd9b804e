-- Tells Argo CD the health of a Registry or an ImageMirror. It decides as kstatus does, and so as Flux does, but a paused object is Suspended.
local function health(status, message)
  return { status = status, message = message }
end

if obj.metadata.deletionTimestamp ~= nil then
  return health("Progressing", "it is being deleted")
end

local conditions = {}
local observed = nil
if obj.status ~= nil then
  observed = obj.status.observedGeneration
  for _, condition in ipairs(obj.status.conditions or {}) do
    conditions[condition.type] = condition
  end
end

local function holds(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

if holds("Paused") then
  return health("Suspended", conditions["Paused"].message)
end
if observed == nil or observed ~= obj.metadata.generation then
  return health("Progressing", "Berth's operator has not seen this spec yet")
end
if holds("Reconciling") then
  return health("Progressing", conditions["Reconciling"].message)
end
if holds("Stalled") then
  return health("Degraded", conditions["Stalled"].message)
end
if holds("Ready") then
  return health("Healthy", conditions["Ready"].message)
end
return health("Progressing", "Berth's operator has not said yet whether it is ready")
