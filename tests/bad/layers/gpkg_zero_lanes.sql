UPDATE links SET lane_count = 0 WHERE link_id = 21;
