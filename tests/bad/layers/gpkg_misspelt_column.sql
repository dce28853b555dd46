ALTER TABLE links RENAME COLUMN lane_count TO lane_cuont;
