// The wall refreshes itself every minute.
setTimeout(() => location.reload(), 60000);
