-- The newest stories are the first page of many readers: they are read in order, not sorted each time.
CREATE INDEX stories_by_newest ON stories (coalesce(last_day, ''), number);
