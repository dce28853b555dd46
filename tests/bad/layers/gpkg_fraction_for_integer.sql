UPDATE links SET lane_count = 1.5 WHERE link_id = 11;
