UPDATE links SET lane_count = 1000 WHERE link_id = 21;
