// The browser knows where it is: its time zone is a better guess than none.
const zone = document.getElementById("timezone");
if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
