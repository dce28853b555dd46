UPDATE links SET length_m = NULL WHERE link_id = 20;
